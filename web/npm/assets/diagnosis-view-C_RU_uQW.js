import{a as e,s as t}from"./lit-BV0AduLa.js";import{m as n}from"./engine-client-Bqp3uFmD.js";import"./judge-C1RR618x.js";var r={agrees:{glyph:`=`,word:`They agree`,tone:`agrees`},narrower:{glyph:`?`,word:`Not all is known`,tone:`unsure`},contradicts:{glyph:`≠`,word:`They contradict each other`,tone:`contradicts`},"":{glyph:`?`,word:`Nothing to compare`,tone:`unsure`}};function i(n,r){return n===``?e:t` <a href=${n} rel="noreferrer">AWS page<span class="hidden"> on: ${r}</span></a>`}function a({text:n,because:r,proof:a,section:o,line:s,doc:c}){let l=o===``?e:t` <code>${o}${s>0?`:${s}`:``}</code>`;return t`<li>
    <p>${n}${l}${i(c,n)}</p>
    ${r.length===0&&a===``?e:t`<p class="because">${r.join(` `)}${a===``?e:t` <b>Proof:</b> ${a}`}</p>`}
  </li>`}function o(n,r,i){return r.length===0?e:t`<h4 id=${i}>${n}</h4><ul class="findings" aria-labelledby=${i}>${r.map(a)}</ul>`}function s(n,r){return r===e?e:t`<details><summary>${n}</summary>${r}</details>`}function c(r,{id:a,text:o,line:s,where:c,none:l,doc:u}){let d=e=>n(r,{kind:`command-answer`,id:a,answer:e});return t`<div class="command-of">
    <p id="command-${a}">${o}${c===``?e:t` (in account <code>${c}</code>)`}${i(u,o)}</p>
    ${s===``?e:t`<pre><code>${s}</code></pre>
          <div class="row-of">
            <why403-copy label="Copy" .text=${()=>s}></why403-copy>
            <button type="button" aria-describedby="command-${a}" @click=${()=>d(`none`)}>There is none</button>
            <button type="button" aria-describedby="command-${a}" @click=${()=>d(`denied`)}>I can't run this</button>
          </div>
          ${l===``?e:t`<p class="because">Where there is none, AWS prints: <code>${l}</code></p>`}`}
  </div>`}function l(n,i,l,u){if(!i)return u===``?l?t`<section class="card diagnosis"><p role="status">Holding AWS's message against the policies…</p></section>`:e:t`<section class="card diagnosis"><p class="trouble" role="alert">There is no diagnosis. ${u}</p></section>`;let{said:d,policies:f,verdict:p,why:m,proved:h,possible:g,ruledOut:_,next:v,later:y,edit:b,editWhy:x}=i,{glyph:S,word:C,tone:w}=r[p];return t`<section class="card diagnosis is-${w} ${l?`stale`:``}" aria-labelledby="diagnosis-title" aria-busy=${l}>
    <h3 id="diagnosis-title">AWS's message and the policies</h3>
    <p class="held"><b class=${w}><span aria-hidden="true">${S} </span>${C}.</b> ${m}</p>
    <dl class="details">
      ${d?t`<div><dt>AWS said</dt><dd>${d.text}</dd></div>`:e}
      ${f.verdict===``?e:t`<div><dt>The policies say</dt><dd>${f.verdict}</dd></div>`}
    </dl>
    ${o(`Proved`,h,`proved-title`)} ${o(h.length>0?`What is left`:`What it can be`,g,`possible-title`)}
    ${v?t`<h4>Fetch next</h4>${c(n,v)}`:e}
    ${y.length===0?e:s(`After that (${y.length})`,t`${y.map(e=>c(n,e))}`)}
    ${s(`Ruled out (${_.length})`,_.length===0?e:t`<ul class="findings">${_.map(a)}</ul>`)}
    ${b||x===``?e:t`<p class="because">No change is offered: ${x}</p>`}
  </section>`}export{l as diagnosisView};