import{a as e,s as t}from"./lit-BV0AduLa.js";import{A as n,k as r}from"./judge-C1RR618x.js";var i=2,a=1e6;function o(e,t){let n=Math.min(e.length,t.length),r=0;for(;r<n&&e[r]===t[r];)r++;let i=0;for(;i<n-r&&e[e.length-1-i]===t[t.length-1-i];)i++;return[r,i]}function s(e){return e===``?[]:e.replace(/\n$/,``).split(`
`)}function c(e,t,n){let r=t=>/[\udc00-\udfff]/.test(e.charAt(t));return{from:r(t)?t-1:t,to:r(n)?n+1:n}}function l(e,t,n){if(n===void 0)return{kind:e,text:t,from:0,to:0};let[r,i]=o(t,n);return{kind:e,text:t,...c(t,r,t.length-i)}}function u(e,t){let n=e.length===t.length;return[...e.map((e,r)=>l(`removed`,e,n?t[r]:void 0)),...t.map((t,r)=>l(`added`,t,n?e[r]:void 0))]}function d(e,t){let n=t.length+1;if(e.length*n>a)return[];let r=new Uint16Array((e.length+1)*n),i=(e,t)=>r[e*n+t]??0;for(let a=e.length-1;a>=0;a--)for(let o=t.length-1;o>=0;o--)r[a*n+o]=e[a]===t[o]?i(a+1,o+1)+1:Math.max(i(a+1,o),i(a,o+1));let o=[];for(let n=0,r=0;n<e.length&&r<t.length;)e[n]===t[r]?o.push([n++,r++]):i(n+1,r)>=i(n,r+1)?n++:r++;return o}function f(e,t){let n=[],[r,i]=[0,0];for(let[a,o]of[...d(e,t),[e.length,t.length]])n.push(...u(e.slice(r,a),t.slice(i,o))),a<e.length&&n.push(l(`same`,e[a]??``)),[r,i]=[a+1,o+1];return n}function p(e){let t=new Set;e.forEach(({kind:e},n)=>{if(e!==`same`)for(let e=n-i;e<=n+i;e++)t.add(e)});let n=e.findIndex((e,n)=>t.has(n)),r=e.findLastIndex((e,n)=>t.has(n)),a=[];for(let[i,o]of e.slice(n,r+1).entries())t.has(n+i)?a.push(o):a.at(-1)?.kind!==`gap`&&a.push(l(`gap`,``));return{first:n+1,lines:n<0?[]:a}}function m(e,t){let[n,r]=[s(e),s(t)],[i,a]=o(n,r),c=e=>l(`same`,e);return p([...n.slice(0,i).map(c),...f(n.slice(i,n.length-a),r.slice(i,r.length-a)),...n.slice(n.length-a).map(c)])}var h={same:` `,removed:`−`,added:`+`,gap:`⋯`};function g({text:e,from:n,to:r}){return r<=n?e:t`${e.slice(0,n)}<mark>${e.slice(n,r)}</mark>${e.slice(r)}`}function _(e){let n=t`<span class="sign">${h[e.kind]}</span>${g(e)}${`
`}`;return e.kind===`added`?t`<ins>${n}</ins>`:e.kind===`removed`?t`<del>${n}</del>`:t`<span>${n}</span>`}function v(e,{section:n,old:i,text:a}){let{first:o,lines:s}=m(i,a),c=/^request(\/|$)/.test(n)?n:r(e,n);return t`<figure>
    <figcaption><b>${c}</b><span>${i.trim()===``?`new`:`from line ${o}`}</span></figcaption>
    <pre class="diff" tabindex="0" role="region" aria-label="What changes in ${c}">${s.map(_)}</pre>
  </figure>`}function y(r){let i=r.results.filter(({request:e,before:t,after:n})=>e!==r.request&&t!==n);return i.length===0?e:t`<p>${i.map(({request:e,before:r,after:i})=>t`${e||`request`}: ${n(r)} → ${n(i)} `)}</p>`}function b(n,r,i,a){return t`<div class="fix" id=${i}>
    ${r.edits.map(e=>v(n,e))} ${y(r)}
    <button type="button" class="apply" aria-label="Apply: ${r.title}" @click=${a}>Apply</button>
    <div class="copies">
      ${r.exports.map(({label:e,text:n})=>t`<why403-copy label="Copy as ${e}" .text=${()=>n}></why403-copy>`)}
      ${r.letter===``?e:t`<why403-copy label="Copy a message to the owner" .text=${()=>r.letter}></why403-copy>`}
    </div>
  </div>`}function x(n,r,i){let a=n===i.opened;return t`<button
    type="button"
    class="link add"
    aria-label="Show the change: ${n.title}"
    aria-expanded=${a}
    aria-controls=${a?r:e}
    @click=${()=>i.toggle(n)}
  >
    Show the change
  </button>`}function S(n,r,i,a){let o=`fix-${i}`;return t`<li class=${r.weakens?`weakens`:``}>
    <p><b>${r.title}</b> (${r.kind})</p>
    ${r.loosens.map(e=>t`<p class="loosens">${e}</p>`)}
    ${[...r.notes,...r.owner===``?[]:[`Who can: ${r.owner}.`]].map(e=>t`<p>${e}</p>`)}
    <p>${x(r,o,a)}</p>
    ${r===a.opened?b(n,r,o,()=>a.apply(r)):e}
  </li>`}function C(n,r){return r.all.length===0&&r.reason===``?e:t`<section class="card" aria-labelledby="fixes-title">
    <h3 id="fixes-title">What would let it in <span class="rule">Each was tried on all requests.</span></h3>
    ${r.all.length===0?t`<p class="no-fix">${r.reason}</p>`:t`<ol class="fixes">${r.all.map((e,t)=>S(n,e,t,r))}</ol>`}
  </section>`}export{C as fixList};