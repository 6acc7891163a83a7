const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["./fix-list-DCOyhEbi.js","./lit-BV0AduLa.js","./diagnosis-view-C_RU_uQW.js","./engine-client-Bqp3uFmD.js","./depends-list-CuhYTM1-.js"])))=>i.map(i=>d[i]);
import{a as e,r as t,s as n}from"./lit-BV0AduLa.js";import{c as r,d as i,h as a,l as o,m as s,r as c,u as l}from"./engine-client-Bqp3uFmD.js";import{a as u,c as d,i as ee,n as te,r as ne}from"./sections-BJsCIxKJ.js";import{n as f,t as re}from"./contract-CkNkI011.js";import{t as p}from"./preload-helper-BQUUbbNx.js";import{r as m}from"./catalogue-texts-DZIU-OGZ.js";var h=Object.defineProperty,g=(e,t)=>{let n={};for(var r in e)h(n,r,{get:e[r],enumerable:!0});return t||h(n,Symbol.toStringTag,{value:`Module`}),n};async function _(e){try{return await navigator.clipboard.writeText(e),!0}catch{return!1}}var ie=3e3,ae=/Mac|iPhone|iPad/.test(navigator.userAgent)?`⌘C`:`Ctrl+C`,oe=class extends a{static properties={label:{},text:{attribute:!1},shown:{attribute:!1},state:{state:!0},byHand:{state:!0}};constructor(){super(),this.state=``,this.byHand=``}render(){return n`<button type="button" @click=${()=>void this.#e()}>${this.label}</button>
      <span class="copied" role="status">${this.state===`copied`?`✓ Copied`:this.state===`select`?`Press ${ae} to copy the selected text`:``}</span>
      ${this.byHand===``?e:n`<textarea readonly aria-label="${this.label}: the text" rows="6" .value=${this.byHand}></textarea>`}`}async#e(){let e=await this.text();if(!await _(e))return this.#t(e);this.byHand=``,this.state=`copied`,setTimeout(()=>this.state=this.state===`copied`?``:this.state,ie)}async#t(e){let t=this.shown?.();if(this.state=`select`,t){getSelection()?.selectAllChildren(t);return}this.byHand=e,await this.updateComplete;let n=this.querySelector(`textarea`);n?.focus(),n?.select()}};customElements.define(`why403-copy`,oe);function se(e){return e===`allow`?`allowed`:e}function v(e){let{glyph:t,tone:r}=o(e);return n`<b class="outcome-tag ${r}"><span aria-hidden="true">${t} </span>${se(e)}</b>`}function y(e,t){return t!==void 0&&t<e.checks.length?t:e.decisive}function b(t,r){return t===``?e:n` <a href=${t} rel="noreferrer">AWS page<span class="hidden"> on ${r}</span></a>`}function x({checks:e,decisive:t,outcome:n},r){return e.length>1&&r===t&&n!==`allow`}function ce(e){let{checks:t,decisive:n}=e;return x(e,n)?`check ${n+1} of ${t.length}`:``}function le(e){let t=e.startsWith(`arn:`)?e.split(`:`).slice(5).join(`:`):e;return n`<code title=${e}>${t}</code>`}function ue(t){return t.parts.length===0?e:n`<table class="parts">
    <caption>Not all that the pattern covers comes to the same</caption>
    <thead><tr><th scope="col">Such as</th><th scope="col">Outcome</th></tr></thead>
    <tbody>
      ${t.parts.map(e=>n`<tr><th scope="row"><code>${e.resource}</code></th><td>${v(e.outcome)}</td></tr>`)}
    </tbody>
  </table>`}function de(t,r,i,a){let o=r.checks[i];if(!o)return e;let c=r.checks.length===1,l=n`${v(o.outcome)} <code class="action">${o.action}</code> <span class="on">on <code>${o.resource}</code></span>
    <span class="by">by ${le(o.principal)}</span> ${x(r,i)?n`<span class="tag">decides</span>`:e}`;return n`<li class=${a&&!c?`shown`:``}>
    ${c?n`<p class="check">${l}</p>`:n`<button type="button" class="check" aria-pressed=${a} @click=${()=>s(t,{kind:`show-check`,index:i})}>${l}</button>`}
    ${o.why===``&&o.doc===``?e:n`<p class="because">${o.why}${b(o.doc,o.why)}</p>`} ${ue(o)}
  </li>`}function S(t){let r=t.outcome===``?e:n`: ${v(t.outcome)}`,i=t.why===``?e:n` (${t.why})`;return n`<p class="possible">If ${t.if}, AWS also asks for <code>${t.action}</code>${r}${i}.${b(t.doc,t.action)}</p>`}function fe(t,r,i){let{checks:a,possible:o}=r;if(!(a.length>1||a.some(e=>e.parts.length>0)))return o.length===0?e:n`<div class="card quiet-card">${o.map(S)}</div>`;let s=y(r,i),c=a.length>1?n`<span class="rule">The first that fails is the answer. Choose one to see why.</span>`:e;return n`<section class="card checks" aria-labelledby="checks-title">
    <h3 id="checks-title">What this call asks ${c}</h3>
    <ol>
      ${a.map((e,n)=>de(t,r,n,n===s))}
    </ol>
    ${o.map(S)}
  </section>`}function pe(t,r){let i=y(t,r),a=t.checks[i],o=a?.answer;return o?n`<section class="card which" aria-labelledby="which-title">
    <h3 id="which-title">Check ${i+1} of ${t.checks.length}: <code>${a.action}</code> ${v(a.outcome)}</h3>
    <p>${o.verdict}</p>
    ${o.message===``?e:n`<blockquote>${o.message}</blockquote>`}
  </section>`:e}function me(t){return t.notes.length===0?e:n`<ul class="remarks" aria-label="About this request">
    ${t.notes.map(e=>n`<li><span aria-hidden="true">i</span><p>${e.message}${b(e.doc,`this`)}</p></li>`)}
  </ul>`}var he={rcp:`RCP`,scp:`SCP`,endpoint:`Endpoint`,resource:`Resource`,trust:`Trust`,identity:`Identity`,boundary:`Boundary`,session:`Session`,scopedown:`Scope-down`};function ge(e){return e.label===`Key policy`?e.label:he[e.type]??e.label}function _e(e,t){if(e.mode!==`cross-account`||e.ways.some(e=>e.side===`same-account`))return[{side:`all`,label:``,said:e.said}];let n=(t,n)=>({side:t,label:n,said:e.said.filter(e=>e.side===t)}),r=e.service===`kms`?`Key's account`:`Resource's account`;return[n(`caller`,`Caller's account ${t.caller}`),n(`network`,`Network`),n(`resource`,`${r} ${t.resource}`)].filter(e=>e.side!==`network`||e.said.some(e=>e.said!==`absent`))}var ve={allow:()=>``,"implicit deny":e=>e.decided?`short`:``,"explicit deny":e=>e.said===`denies`?`stopped`:``,depends:()=>``};function C(e,t){let n=ve[e.outcome],r=t.said.findIndex(e=>n(e)!==``),i=t.said[r];return i?{at:r,kind:n(i)}:{at:t.said.length,kind:``}}function ye(t,r){let a=i(t.said);return n`<li class="${a.tone} ${t.decided?`decided`:``} ${r}">
    <span class="shape" aria-hidden="true"><span>${a.glyph}</span></span>
    <span class="name"
      ><b aria-hidden="true">${ge(t)}</b><span class="hidden">${t.label}: </span><span class="word">${t.said}</span>
      ${t.decided?n`<span class="tag">decides</span>`:e}</span
    >
  </li>`}function be(t,r,i){if(i)return n`<b class="deny">✕ denies</b>`;let a=t.ways.filter(e=>e.side===r.side);return a.length===0?e:a.some(e=>e.open)?n`<b class="allow">✓ way open</b>`:a.some(e=>e.unsure)?n`<b class="unsure">? not known</b>`:n`<b class="silent">○ no way open</b>`}function xe(t,r,i,a){let{at:o,kind:s}=C(t,r),c=e=>e<o?``:e===o?`break`:`past`;return n`<div class="lane ${s} ${i?`on`:``}">
    ${r.label===``?e:n`<h4 id="lane-${r.side}">${r.label.trim()} ${be(t,r,s===`stopped`)}</h4>`}
    <div class="track">
      <ol class="path" aria-labelledby=${r.label===``?`said-title`:`lane-${r.side}`}>
        ${r.said.map((e,t)=>ye(e,c(t)))}
      </ol>
      ${a}
    </div>
  </div>`}function Se(t,r){let i=t.said.filter(e=>e.said!==`absent`&&e.said!==`not applicable`&&e.detail!==``),a=_e(t,r),s=o(t.outcome),c=n`<p class="end ${s.tone}"><span class="badge" aria-hidden="true">${s.glyph}</span><b>${s.word}</b></p>`,l=a.map((e,n)=>a.slice(0,n+1).some(e=>C(t,e).kind!==`stopped`));return n`<section class="card" aria-labelledby="said-title">
    <h3 id="said-title">What each policy said ${a.length>1?n`<span class="rule">Both sides must allow.</span>`:e}</h3>
    <div class="said">
      <div class="lanes ${a.length>1?`joined`:``}">
        ${a.map((n,r)=>xe(t,n,l[r]??!0,r===a.length-1?c:e))}
      </div>
    </div>
    ${i.length===0?e:n`<dl class="details">
          ${i.map(e=>n`<div><dt>${e.label}</dt><dd>${e.detail}</dd></div>`)}
        </dl>`}
  </section>`}var w=200;function T(e,t,n=e.statements.find(({section:e})=>e===t)){let{folder:r}=d(t),i=`${te({name:t},we(e,r,n))} ${ne({name:t})}`.trim();return Ce(r===``?i:`${i} of ${ee(r)}`)}function Ce(e){return e.length>w?`${e.slice(0,w)}…`:e}function we(e,t,n){return n||t!==``?n?.label??``:e.said.find(({type:e})=>e===`resource`||e===`trust`)?.label??``}function E(e){return e.decided?0:e.matched||e.open?1:2}function Te(e,t){let n=!t.matched&&t.missEnd>t.missStart,{section:r}=t;s(e,{kind:`show-place`,section:r,line:0,start:n?t.missStart:t.start,end:n?t.missEnd:t.end})}function Ee(t,r,i){return n`<tr class="${i.matched?`matched`:i.open?`open`:`missed`} ${i.decided?`decided`:``}" data-section=${i.section} data-index=${i.index}>
    <th scope="row">
      <button type="button" class="row" @click=${()=>Te(t,i)}>
        <span class="of">${T(r,i.section)}</span> <span class="sid">${i.sid===``?`no. ${i.index+1}`:i.sid}</span>
      </button>
    </th>
    <td class=${i.effect===`Deny`?`deny`:`allow`}>${i.effect===``?`Allow`:i.effect}</td>
    <td>
      <span aria-hidden="true">${i.matched?`✓`:i.open?`?`:`–`}</span> ${i.reason}
      ${i.decided?n`<span class="tag">decides</span>`:e}
    </td>
  </tr>`}function D(e){return e.statements.length>100?[...e.statements].sort((e,t)=>E(e)-E(t)):e.statements}function De(e,t,r,i){return n`<section class="card" aria-labelledby="statements-title">
    <h3 id="statements-title">Statements <span class="rule">Choose one to see it in its policy.</span></h3>
    <table class="statements">
      <caption class="hidden">Every statement and grant, and what it did</caption>
      <thead>
        <tr><th scope="col">Statement</th><th scope="col">Effect</th><th scope="col">What happened</th></tr>
      </thead>
      <tbody>
        ${i.of(r).map(n=>Ee(e,t,n))}
      </tbody>
    </table>
    ${i.bar(r.length)}
  </section>`}var O={"same-account":``,caller:`In the caller's account`,resource:`In the resource's account`},Oe={open:{state:`open`,mark:`✓`,word:`Open.`},closed:{state:`closed`,mark:`○`,word:`Closed.`},unsure:{state:`unsure`,mark:`?`,word:`Not known.`}};function ke(t){let{state:r,mark:i,word:a}=Oe[t.open?`open`:t.unsure?`unsure`:`closed`];return n`<li class=${r}>
    <span class="mark" aria-hidden="true">${i}</span>
    <p>
      <b>${t.title}</b>
      <span class="state">${a}</span>
      ${t.detail}
      ${t.doc?n`<a href=${t.doc} rel="noreferrer">AWS page<span class="hidden"> on: ${t.title}</span></a>`:e}
    </p>
  </li>`}function Ae(t){let r=[...t.ways].sort((e,t)=>Number(t.near)-Number(e.near)),i=[...new Set(r.map(e=>e.side))];return n`<section class="card" aria-labelledby="ways-title">
    <h3 id="ways-title">Ways in <span class="rule">${t.waysRule}</span></h3>
    ${i.map(i=>{let a=O[i]===``?e:n`<h4>${i===`resource`&&t.service===`kms`?`In the key's account`:O[i]}</h4>`;return n`${a}
        <ul class="ways">
          ${r.filter(e=>e.side===i).map(ke)}
        </ul>`})}
  </section>`}var k=class{#e=0;#t;#n;#r;constructor(e,t,n){this.#t=e,this.#n=t,this.#r=n}from(e){return this.#e>=e&&(this.#e=this.#i(e-1)),this.#e}of(e){let t=this.from(e.length);return e.length<=this.#t?e:e.slice(t,t+this.#t)}show(e){let t=this.#i(e);return e<0||t===this.#e?!1:(this.#e=t,this.#r(),!0)}bar(t){if(t<=this.#t)return e;let r=this.from(t),i=Math.min(r+this.#t,t),a=e=>e.toLocaleString(`en`),o=(e,r)=>n`<button type="button" ?disabled=${r<0||r>=t} @click=${()=>this.show(r)}>${e}<span class="hidden"> ${this.#n}</span></button>`;return n`<p class="window">
      ${o(`Previous`,r-this.#t)}
      <span role="status">${a(r+1)} to ${a(i)} of ${a(t)} ${this.#n}</span>
      ${o(`Next`,i)}
    </p>`}#i(e){return Math.max(0,Math.floor(e/this.#t)*this.#t)}},A=50;function j(t,r,i,a){let{section:o,start:c,end:l,line:u,column:d}=i;return n`<li class=${r}>
    <button type="button" @click=${()=>s(t,{kind:`show-place`,section:o,start:c,end:l,line:u})}>
      <span class="where">${a?`${o} `:``}${u>0?`${u}:${d}`:``}</span>
      <span>${i.message}</span>
    </button>
    ${i.doc?n`<a href=${i.doc} rel="noreferrer">AWS page</a>`:e}
  </li>`}function M(t,r,i){let{id:a,names:o=!1,hints:s=[]}=i;if(r.length+s.length===0)return e;let c=r.slice(0,A),l=r.length+s.length-c.length-Math.min(s.length,A);return n`<ul class="problems" id=${a??e}>
    ${c.map(e=>j(t,f(e)?`error`:`warning`,e,o))}
    ${s.slice(0,A).map(e=>j(t,`hint`,e,o))}
    ${l>0?n`<li class="rest">and ${l.toLocaleString(`en`)} more</li>`:e}
  </ul>`}var je=class extends a{static properties={answer:{attribute:!1},problems:{attribute:!1},stale:{attribute:!1},engine:{attribute:!1},trouble:{attribute:!1},action:{attribute:!1},pending:{attribute:!1},fixes:{attribute:!1},fillable:{attribute:!1},filling:{attribute:!1},diagnosis:{attribute:!1},diagnosing:{attribute:!1},diagnosisTrouble:{attribute:!1},parts:{state:!0},diagnosisParts:{state:!0},fixParts:{state:!0},noFix:{attribute:!1},state:{attribute:!1},link:{attribute:!1},callerAccount:{attribute:!1},resourceAccount:{attribute:!1},chosen:{attribute:!1},drawn:{state:!0},opened:{state:!0}};#e=new k(100,`statements`,()=>this.drawn++);constructor(){super(),this.drawn=0,this.fixes=[],this.fillable=!1,this.filling=!1,this.diagnosing=!1,this.diagnosisTrouble=``,this.noFix=``,this.callerAccount=``,this.resourceAccount=``}async showRow(e,t){let n=()=>[...this.querySelectorAll(`.statements tbody tr`)].find(n=>n.dataset.section===e&&n.dataset.index===String(t)),i=this.answer?D(this.answer).findIndex(n=>n.section===e&&n.index===t):-1;this.#e.show(i)&&await this.updateComplete,r(n())}willUpdate(){!this.fixParts&&(this.fixes.length>0||this.noFix!==``)&&p(()=>import(`./fix-list-DCOyhEbi.js`).then(e=>this.fixParts=e,()=>void 0),__vite__mapDeps([0,1]),import.meta.url),!this.diagnosisParts&&this.diagnosing&&p(()=>import(`./diagnosis-view-C_RU_uQW.js`).then(e=>this.diagnosisParts=e,()=>void 0),__vite__mapDeps([2,1,3]),import.meta.url);let e=e=>e?.depends!=null;!this.parts&&(e(this.answer)||this.answer?.checks.some(t=>e(t.answer)))&&p(()=>import(`./depends-list-CuhYTM1-.js`).then(e=>this.parts=e,()=>void 0),__vite__mapDeps([4,1]),import.meta.url)}updated(){this.querySelector(`.shown`)?.scrollIntoView({block:`nearest`})}render(){let{answer:t}=this;return n`<h2 id="answer" class="hidden" tabindex="-1">Answer</h2>
      ${this.diagnosisParts?.diagnosisView(this,this.diagnosis,this.diagnosing,this.diagnosisTrouble)}
      <div class="card first ${this.stale?`stale`:``}">
        <div class="verdict ${t?o(t.outcome).tone:``}" role="status" aria-live="polite" aria-atomic="true" aria-busy=${this.pending} tabindex="-1">
          ${this.#o()} ${t?this.#i(t):this.#a()}
        </div>
        ${this.#s()} ${t?n`${me(t)} ${this.#c(t)} ${this.#l(t)}`:e}
      </div>
      ${t?n`<div class="facts ${this.stale?`stale`:``}">
            ${this.parts?.dependsList(t,this.#n())} ${fe(this,t,this.chosen)} ${pe(t,this.chosen)} ${this.#t(t.checks[y(t,this.chosen)]?.answer??t)}
          </div>`:e}`}#t(r){let i={caller:this.callerAccount,resource:this.resourceAccount},a={all:this.stale||this.diagnosis?.edit===!1?[]:this.fixes,reason:this.stale||this.diagnosis?.edit===!1?``:this.noFix,opened:this.opened,toggle:e=>this.opened=this.opened===e?void 0:e,apply:e=>this.#r(e)};return n`${r===this.answer?e:this.parts?.dependsList(r,void 0)} ${Se(r,i)} ${r===this.answer?this.fixParts?.fixList(r,a):e} ${Ae(r)}
    ${t([r,this.drawn],()=>r.statements.length>0?De(this,r,D(r),this.#e):e)}
    ${this.#d(r)} ${this.#f(r)}`}#n(){if(this.fillable&&!this.stale)return{busy:this.filling,open:e=>s(this,{kind:`fill`,allowed:e})}}#r(e){s(this,{kind:`apply-fix`,fix:e}),this.querySelector(`.verdict`)?.focus()}#i(t){let r=o(t.outcome);return n`<p class="outcome">
        <span class="badge" aria-hidden="true">${r.glyph}</span><strong>${r.word}</strong> ${r.kind===``?e:n`<span class="kind">${[r.kind,ce(t)].filter(e=>e!==``).join(` · `)}</span>`}
      </p>
      <p class="why">${l(t.verdict,t.checks[t.decisive]?.action??this.action)}</p>`}#a(){return this.engine.kind===`failed`?n`<p class="outcome"><strong>No answer</strong></p>`:this.problems.some(f)?n`<p class="outcome"><strong>No answer yet</strong></p>
        <p class="why">Fix the problem below first.</p>`:this.trouble===``?n`<p class="why">The engine is loading…</p>`:n`<p class="outcome"><strong>No answer</strong></p>`}#o(){if(!this.stale)return e;let t=this.problems.some(f)?`fix the problem first`:`the engine could not answer`;return n`<p class="note"><span aria-hidden="true">⚠ </span><b>Stale</b>: ${t}. This is the last answer.</p>`}#s(){let t=this.problems.filter(f);return n`${t.length>0?M(this,t,{names:!0}):e}
    ${this.trouble===``||this.engine.kind===`failed`?e:n`<p class="trouble" role="alert">${this.trouble}</p>`}
    ${this.engine.kind===`failed`?n`<div class="trouble" role="alert">
          <p>The engine could not start: ${this.engine.message}. It needs WebAssembly, and the file page.wasm from this site. What you typed is kept.</p>
          <button type="button" @click=${()=>s(this,{kind:`start-engine`})}>Try again</button>
        </div>`:e}`}#c(t){return n`${t.also.length>0?n`<ul class="also">${t.also.map(e=>n`<li>${e}</li>`)}</ul>`:e}
    ${t.message===``?e:n`<figure class="aws">
          <figcaption>AWS's own sentence, to compare with yours</figcaption>
          <blockquote>${t.message}</blockquote>
        </figure>`}`}#l(t){let r=this.state!==void 0&&!this.stale;return t.message===``&&!r?e:n`<div class="copies">
      ${t.message===``?e:n`<why403-copy label="Copy the sentence" .text=${()=>t.message} .shown=${()=>this.querySelector(`.aws blockquote`)}></why403-copy>`}
      ${r?n`<why403-copy label="Copy as Markdown" .text=${()=>this.#u(t)}></why403-copy>`:e}
    </div>`}async#u(e){let{state:t}=this;if(!t)return``;let{pageMarkdown:n}=await p(async()=>{let{pageMarkdown:e}=await import(`./report-BQi9p0BE.js`);return{pageMarkdown:e}},[],import.meta.url);return n(t,e,await this.link?.()??``)}#d(t){return t.notEvaluated.length===0?e:n`<section class="card" aria-labelledby="not-evaluated-title">
      <h3 id="not-evaluated-title">Not evaluated</h3>
      ${M(this,t.notEvaluated.map(e=>({...e,severity:`warning`})),{names:!0})}
    </section>`}#f(t){return t.links.length===0?e:n`<nav class="links" aria-label="AWS pages behind this answer">
      <h3>The rules, in AWS's words</h3>
      <ul>
        ${[...new Map(t.links.map(e=>[e.url,e])).values()].map(e=>n`<li><a href=${e.url} rel="noreferrer">${e.title}</a></li>`)}
      </ul>
    </nav>`}};customElements.define(`answer-view`,je);var N=[`principal`,`action`,`resource`],Me=0;function P(){return++Me}function F(e){return e.requests[e.active]??{name:``,lines:[],want:``}}function Ne(e){return re.find(t=>t===e.want.split(`
`,1)[0]?.trim())??``}function I(e,t){return e.lines.find(e=>e.key===t)}function L(e,t){return e.lines.filter(e=>e.key===`resource`).slice(1).filter(e=>String(e.id)!==t)}function Pe(e,t){let n=new Set([...N.map(t=>I(e,t)),...L(e,t)].map(e=>e?.id));return e.lines.filter(e=>!n.has(e.id))}function R(e){return e.replace(/\r\n?/g,`
`)}function Fe(e){return R(e).replace(/\n$/,``)}function Ie(e){let t=N.filter(t=>!e.some(e=>e.key===t));return t.length===0?e:[...t.map(e=>({id:P(),key:e,value:``})),...e]}var Le=[`resource.json`,`identity/policy.json`,`grants.json`];function Re(e){if(e.some(({name:e})=>e.startsWith(`entity/`)))return[];let t=e=>e.slice(0,e.indexOf(`/`)+1)||e;return Le.filter(n=>!e.some(e=>e.name.startsWith(t(n))))}function ze(e,t){let n=e.lines.map(({key:e,value:n},r)=>{let i=t[r];return{id:i?.key===e?i.id:P(),key:e,value:n}}),r=Ie(n),i=r===n&&e.text!==``&&!e.text.includes(`\r`);return{name:e.name,want:R(e.want),lines:r,...i?{written:{lines:r,text:e.text}}:{}}}function Be(e,t){let n=new Map(t?.sections.toReversed().map(({name:e,id:t})=>[e,t])),r=e=>n.get(e)??P(),i=e.sections.map(({name:e,text:t})=>({id:r(e),name:e,text:Fe(t)}));i.push(...Re(i).map(e=>({id:r(e),name:e,text:``})));let a=e.requests.length>0?e.requests:[{name:``,text:``,lines:[],want:``}],o=t&&a.length===1?F(t).lines:[],{title:s,notes:c,comment:l,closed:u}=e;return{title:s,notes:c,requests:a.map(e=>ze(e,o)),active:0,sections:i,order:e.order,opening:{title:s,notes:c,comment:R(l),closed:u},edited:!1}}function z(e){return e.name===``?`request`:`request/${e.name}`}function B(e){return e.lines.filter(e=>e.key.trim()!==``)}function Ve(e,t){let{lines:n,written:r}=e;if(r?.lines!==n)return B(e)[t-1];let i=r.text.split(`
`).slice(0,t);return i.at(-1)?.trim()===``?void 0:n[i.filter(e=>e.trim()!==``).length-1]}function V(e){return e.text.trim()!==``}function He({key:e,value:t}){return t===``?`${e}:\n`:`${e}: ${t}\n`}function H(e){return e.endsWith(`
`)?e:`${e}\n`}function U(e){return e.name===``?`want`:`want/${e.name}`}var[Ue,We,Ge,Ke]=[0,1,2,3];function qe(e){let t=e.requests.map(e=>{let{lines:t,written:n}=e;return{name:z(e),rank:Ue,text:n?.lines===t?n.text:B(e).map(He).join(``)}}),n=e.sections.filter(e=>V(e)||u(e).type===`header`).map(({name:e,text:t})=>({name:e,rank:u({name:e}).type===`error`?Ge:We,text:t===``?``:`${t}\n`})),r=e.requests.filter(({want:e})=>e.trim()!==``).map(e=>({name:U(e),rank:Ke,text:H(e.want)}));return[...t,...n,...r]}function Je(e,t){let{folder:n,rest:r}=d(e.name),i=e=>n!==``&&d(e.name).folder===n;return t.some(i)?r===``?t.findIndex(i):t.findLastIndex(i)+1:t.findLastIndex(t=>t.rank<=e.rank)+1}function Ye(e){let t=qe(e),n=[];for(let r of e.order){let e=t.findIndex(e=>e.name===r);e>=0&&n.push(...t.splice(e,1))}for(let e of t)n.splice(Je(e,n),0,e);return n}function Xe({title:e,notes:t,opening:n,order:r}){return r.length>0&&e===n.title&&t===n.notes?n.comment:`${H(e||`Untitled`)}\n${t.trim()===``?``:`${H(t.trim())}\n`}`}function W(e){let t=Ye(e),n=Xe(e)+t.map(e=>`-- ${e.name} --\n${e.text}`).join(``);return!e.opening.closed&&t.at(-1)?.name===e.order.at(-1)?n.replace(/\n$/,``):n}var Ze=5e4,Qe=2e3;function $e(e){return e.length<=Ze&&!G(e,Qe)}function G(e,t){let n=1;for(let r=e.indexOf(`
`);r>=0&&n<=t;r=e.indexOf(`
`,r+1))n++;return n>t}function K(e){return e.open?`unsure`:e.matched?e.effect===`Deny`?`deny`:e.names===`account`?`delegate`:`allow`:``}function q(e){return e.marks.length>0?e.marks:!e.matched&&e.missEnd>e.missStart?[{start:e.missStart,end:e.missEnd}]:[]}function et(e){return e.matched||e.open?`hit ${K(e)}${e.decided?` decided`:``}`:``}function tt(e,t,n){let r=t+e.length,i=n.filter(e=>e.start<r&&e.end>t);if(i.length===0)return e===``?[]:[{text:e,marks:``}];let a=new Set([t,r]);for(let e of i)a.add(Math.max(t,e.start)).add(Math.min(r,e.end));let o=[...a].sort((e,t)=>e-t);return o.slice(1).map((n,r)=>{let a=o[r]??t,s=i.filter(e=>e.start<=a&&e.end>=n);return{text:e.slice(a-t,n-t),marks:s.map(e=>e.marks).join(` `)}})}function J(e){let t=e.sort((e,t)=>t.start-e.start),n=[];return(e,r)=>{for(let e=t.at(-1);e&&e.start<r;e=t.at(-1))n.push(e),t.pop();return n.some(t=>t.end<=e)&&(n=n.filter(t=>t.end>e)),n}}function nt(e,t,n){let r=J(t.map(e=>({start:e.start,end:e.end,marks:et(e)}))),i=J([...t.flatMap(e=>q(e).map(({start:t,end:n})=>({start:t,end:n,marks:e.matched?`held`:`miss`}))),...n.map(e=>({start:e.start,end:Math.max(e.end,e.start+1),marks:`wrong`}))]),a=0;return e.split(`
`).map(e=>{let t=a,n=t+e.length;a=n+1;let o=r(t,n);return{marks:o.length===1?o[0]?.marks??``:``,pieces:tt(e,t,[...o.length>1?o.filter(e=>e.marks!==``):[],...i(t,n)])}})}var rt=4194304,it=/^-- .+ --[ \t]*$/m;function at(e){return e.length*3<=1048576?e.length:new TextEncoder().encode(e).length}function Y(e){return e<1e5?`${Math.ceil(e/1e3)} kB`:`${(e/1e6).toFixed(1)} MB`}function X(e,t,n){let r=e.text.slice(0,t),i=r.split(`
`).length;return{section:e.name,start:t,end:n,line:i,column:t-r.lastIndexOf(`
`),severity:`error`}}function ot(e){let t=[],n=0;for(let r of e.sections){let e=at(r.text);if(n+=e,e>1048576){t.push({...X(r,0,0),code:`too-large`,message:`This is ${Y(e)}; at most 1 MiB is read. The text is kept here but not judged.`});continue}let i=it.exec(r.text);i&&t.push({...X(r,i.index,i.index+i[0].length),code:`section-line`,message:`The line "${i[0].trim()}" starts a new section of a scenario file, so it can't be inside one.`})}let r=e.sections.at(-1);return t.length===0&&n>rt&&r&&t.push({...X(r,0,0),code:`too-large`,message:`All policies together are ${Y(n)}; at most 4 MiB are read.`}),t}var Z=32768;function st(e){let t=``;for(let n=0;n<e.length;n+=Z)t+=String.fromCharCode(...e.subarray(n,n+Z));return btoa(t).replaceAll(`+`,`-`).replaceAll(`/`,`_`).replace(/=+$/,``)}function ct(e){let t=e.length%4==1?e.slice(0,-1):e,n=atob(t.replaceAll(`-`,`+`).replaceAll(`_`,`/`));return Uint8Array.from(n,e=>e.charCodeAt(0))}var lt=g({callTold:()=>Q});async function Q(e,t,n){let r=new Set,i=[];for(;;){let a=await e.call(t,n),o=a.missing.filter(e=>!r.has(e));for(let e of o)r.add(e);let s=await m(e.base,o);if(i.push(...s.failed),s.texts.length===0)return{result:a,failed:i};for(let t of s.texts)await e.call(`service`,t)}}var ut=50,dt=150,ft=class{answers=[];answer;chosen;fixes=[];noFix=``;problems=[];stale=!1;pending=!0;mode;trouble=``;engineVersion=``;#e;#t;#n;#r;#i;#a=0;#o;constructor(e,t,n){this.#e=e,this.#t=t,this.#n=n}get shown(){return this.answer?.checks[this.chosen??-1]?.answer??this.answer}rowsOf(e){let t=[this.shown,this.answer,...(this.answer?.checks??[]).map(e=>e.answer)];for(let n of t){let t=n?.statements.filter(t=>t.section===e)??[];if(t.length>0)return t}return[]}get resourceLabel(){return this.shown?this.shown.said.find(e=>e.type===`resource`||e.type===`trust`)?.label??``:`Key policy`}hasMoved(e){return this.#o?.sections.find(t=>t.name===e.name)?.text!==e.text}judgeSoon(e){this.pending=!0,clearTimeout(this.#r),this.#r=setTimeout(()=>void this.judge(e),ut)}async judge(e){clearTimeout(this.#r),clearTimeout(this.#i),this.pending=!0;let t=++this.#a,n=ot(e);if(n.length>0)return this.#p(n,``);let r=W(e);await this.#d(t,async()=>{let{problems:n,answers:i,engine:a,failed:o}=await this.#s(r);if(t!==this.#a)return;this.engineVersion=a;let{name:s}=F(e),c=i.find(e=>e.request===s);if(!c)return this.#p(n,``);this.#c(e,i,c,n,o),this.#l(t,r,c)})}async#s(e){let{base:t}=this.#e;m(t,[...e.matchAll(/^action: *([\w-]+):/gm)].map(([,e=``])=>e.toLowerCase()));let{result:n,failed:r}=await Q(this.#e,`evaluate`,e);return{...n,failed:r}}#c(e,t,n,r,i){$(this.answer)!==$(n)&&(this.chosen=void 0),this.#o=e,this.answers=t,this.answer=n,this.#f(),this.problems=r,this.mode=n.mode,this.stale=!1,this.pending=!1,this.trouble=i.length===0?``:`What AWS knows of the actions of ${i.join(` and `)} could not be fetched. Actions and resources are taken as written.`,this.#n()}#l(e,t,n){(n.outcome===`implicit deny`||n.outcome===`explicit deny`)&&(this.#i=setTimeout(()=>void this.#u(e,t,n),dt))}async#u(e,t,n){let r=this.#t();if(!r)return;let i;try{i=(await Q(r,`fixes`,`${n.request}\n${t}`)).result}catch(e){if(!(e instanceof c))throw e;i={fixes:[],reason:e.message}}e===this.#a&&(this.fixes=i.fixes,this.noFix=i.reason,this.#n())}async#d(e,t){try{await t()}catch(t){if(!(t instanceof c))throw t;e===this.#a&&this.#p(this.problems,t.message)}}#f(){this.fixes=[],this.noFix=``}#p(e,t){this.problems=e,this.#f(),this.trouble=t,this.stale=this.answer!==void 0,this.pending=!1,this.#n()}};function $(e){return JSON.stringify([e?.request,e?.checks.map(({action:e,resource:t,principal:n})=>[e,t,n])])}export{v as A,Be as C,M as D,P as E,_ as M,g as N,k as O,Pe as S,L as T,U as _,st as a,F as b,G as c,q as d,K as f,W as g,z as h,ct as i,se as j,T as k,$e as l,Ve as m,Q as n,ot as o,V as p,lt as r,Y as s,ft as t,nt as u,B as v,I as w,Ne as x,N as y};