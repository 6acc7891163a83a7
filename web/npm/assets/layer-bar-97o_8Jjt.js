import{a as e,s as t}from"./lit-BV0AduLa.js";import{m as n}from"./engine-client-Bqp3uFmD.js";function r(e,t){let n=e.map(({noun:e})=>e);return n.length<2?n.join(``):`${n.slice(0,-1).join(`, `)} ${t} ${n.at(-1)}`}function i(i,o){if(o.length===0)return e;let s=e=>o.filter(t=>t.state===e),c=(e,t)=>n(i,{kind:`layers`,names:e.map(({name:e})=>e),known:t}),l=(n,r,i,a)=>{let o=s(n);return o.length===0?e:t`<p>${r(o)} <button type="button" class="link" @click=${()=>c(o,a)}>${i}</button></p>`};return t`<section class="card layers" aria-label="What is not given">
    ${l(`taken as none`,e=>t`No ${r(e,`or`)} given: <b>taken as none</b>.`,`Make them not known`,!1)}
    ${l(`not known`,e=>t`<b class="unsure"><span aria-hidden="true">? </span>Not known</b>: ${r(e,`and`)}.`,`There are none`,!0)}
    ${l(`none`,e=>t`<b>None</b>: ${r(e,`and`)}.`,`Make them not known`,!1)}
    <details>
      <summary>One by one</summary>
      ${o.map(e=>a(e,t=>c([e],t)))}
    </details>
  </section>`}function a({name:e,noun:n,state:r},i){let a=(n,a)=>t`<label><input type="radio" name="layer-${e}" .checked=${r!==`not known`===n} @change=${()=>i(n)} /><span>${a}</span></label>`;return t`<fieldset>
    <legend>${n}</legend>
    <div class="segments">${a(!0,`None`)}${a(!1,`Not known`)}</div>
  </fieldset>`}export{i as layerBar};