import{a as e,s as t}from"./lit-BV0AduLa.js";function n(n,r,i,a){return a.length===0?e:t`<h4 class=${r}><span aria-hidden="true">${i} </span>${n}</h4>
    <ul class="ifs" aria-label=${n}>
      ${a.map(({clauses:n})=>t`<li>${n.map((n,r)=>t`${r===0?e:t`<b> and </b>`}<span>${n}</span>`)}</li>`)}
    </ul>`}function r({busy:e,open:n}){let r=(r,i)=>t`<button type="button" ?disabled=${e} aria-describedby="fillings-hint" @click=${()=>n(r)}>Fill it in, ${i}</button>`;return t`<div class="row-of fillings">
    ${r(!0,`allowed`)} ${r(!1,`denied`)}
    <span class="hint" id="fillings-hint" role="status">${e?`Filling in…`:`Opens a scenario in which all is known, as a draft of its own.`}</span>
  </div>`}function i({depends:i,outcome:a},o){if(!i)return e;let s=a===`depends`;return!s&&i.whatever.length===0?e:t`<section class="card depends" aria-labelledby="depends-title">
    <h3 id="depends-title">${s?`What it depends on`:`What is not known`} ${s?t`<span class="rule">Each line is enough by itself.</span>`:e}</h3>
    ${s?t`${n(`Allowed if`,`allow`,`✓`,i.allowedIf)} ${n(`Denied if`,`deny`,`✕`,i.deniedIf)}`:e}
    ${i.partial?t`<p>There is more that could decide than was looked at.</p>`:e}
    ${i.whatever.length===0?e:t`<p>Not known, and changes nothing: ${i.whatever.map((n,r)=>t`${r===0?e:`, `}<code>${n}</code>`)}.</p>`}
    ${s&&o?r(o):e}
  </section>`}export{i as dependsList};