import{a as e,s as t}from"./lit-BV0AduLa.js";import{c as n,h as r,l as i,m as a}from"./engine-client-Bqp3uFmD.js";var o={id:`minimal`,label:`Minimal`,shows:e=>e.minimal},s={id:`all`,label:`All`,shows:()=>!0},c=[o,{id:`permitted`,label:`Permitted`,shows:e=>e.outcome===`allow`},s,{id:`no-grants`,label:`Without grants`,shows:e=>e.grant===`none`},{id:`delegation`,label:`Default key policy`,shows:e=>e.keyPolicy===`delegation`},{id:`no-delegation`,label:`No delegation`,shows:e=>e.keyPolicy!==`delegation`},{id:`differences`,label:`Differences`,shows:(e,t)=>d(e,t).some(t=>t.outcome!==e.outcome)}],l=[{mode:`same-account`,label:`Same account`},{mode:`cross-account`,label:`Cross-account`}];function u(e){return e.grant.replace(/-by-.*$/,``)}function d(e,t){return t.filter(t=>t.mode!==e.mode&&t.keyPolicy===e.keyPolicy&&t.iam===e.iam&&u(t)===u(e))}var f={"same-account":`only in the same account`,"cross-account":`only across accounts`},p={"same-account":`allowed across accounts`,"cross-account":`allowed in the same account`};function m(e,t){let n=d(e,t);return n.length===0||n.some(t=>t.outcome===e.outcome)?``:e.outcome===`allow`?f[e.mode]:p[e.mode]}function h(e){return`#row=${e.id}`}var g=class extends r{static properties={rows:{attribute:!1},mine:{attribute:!1},answered:{attribute:!1},target:{attribute:!1},base:{attribute:!1},viewId:{attribute:!1},view:{state:!0},reasons:{state:!0}};#e=``;constructor(){super(),this.rows=[],this.mine=``,this.target=``,this.base=``,this.viewId=``,this.view=o,this.reasons=!1}willUpdate(e){if(e.has(`viewId`)&&(this.view=c.find(e=>e.id===this.viewId)??o),!e.has(`target`)&&!e.has(`rows`))return;let t=this.rows.find(e=>e.id===this.target);t&&this.target!==this.#e&&!this.view.shows(t,this.rows)&&(this.view=s)}updated(){this.target===this.#e||this.target!==``&&this.target!==this.mine||(this.#e=this.target,n(this.#t(this.target),`instant`))}#t(e){return[...this.querySelectorAll(`tr[data-id]`)].find(t=>t.dataset.id===e)}render(){let e=this.rows.filter(e=>e.outcome===`allow`).length,n=this.rows.filter(e=>e.minimal).length;return t`<section class="combinations" aria-labelledby="combinations-title">
      <h2 id="combinations-title">KMS access combinations</h2>
      ${this.rows.length===0?t`<p class="lead">Waiting for the engine…</p>`:t`<p class="lead">
              Every way in which key policy, identity-based policy and grant combine, decided by the same engine.
              ${e} of ${this.rows.length} give access; ${n} are minimal: take one part away and access ends.
            </p>
            ${this.#n()} ${this.#r()}
            <div class="two">${l.map(({mode:e,label:t})=>this.#a(e,t))}</div>`}
    </section>`}#n(){return t`<div class="view-bar">
      <fieldset class="views">
        <legend class="hidden">View</legend>
        ${c.map(e=>t`<label
            ><input type="radio" name="view" value=${e.id} .checked=${e===this.view} @change=${()=>this.view=e} /><span
              >${e.label} <b>(${this.rows.filter(t=>e.shows(t,this.rows)).length})</b></span
            ></label
          >`)}
      </fieldset>
      <label class="reasons"
        ><input type="checkbox" .checked=${this.reasons} @change=${()=>this.reasons=!this.reasons} />Say why</label
      >
    </div>`}#r(){if(this.mine===void 0)return e;let n=this.rows.find(e=>e.id===this.mine);if(!n)return t`<p class="own">Your request is not one of these cases.</p>`;let r=i(n.outcome);return t`<p class="own">
      <span class="tag">your case</span>
      ${n.mode===`same-account`?`Same account`:`Cross-account`}: key policy ${n.keyPolicyLabel}, identity-based policy ${n.iamLabel}, grant
      ${n.grantLabel}: <b class=${r.tone}>${r.glyph} ${r.word.toLowerCase()}</b>.
      ${this.answered===void 0||this.answered===n.outcome?e:t`That is what these three alone come to. With all that you pasted the answer is <b>${this.answered===`allow`?`allowed`:this.answered}</b>.`}
      ${this.view.shows(n,this.rows)?e:t`It is not in this view. <button type="button" class="link" @click=${()=>void this.#i()}>Show it in All</button>`}
      ${this.base===``?t`<a href="#answer">Go to the answer</a>`:e}
    </p>`}async#i(){this.view=s,await this.updateComplete,n(this.#t(this.mine??``))}#a(e,n){let r=this.rows.filter(t=>t.mode===e&&this.view.shows(t,this.rows));return t`<div class="card">
      <table role="table">
        <caption>${n} <span>(${r.length})</span></caption>
        <thead role="rowgroup">
          <tr role="row">
            ${[`Key policy`,`Identity-based policy`,`Grant`,`Access`].map(e=>t`<th scope="col" role="columnheader">${e}</th>`)}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${r.map(e=>this.#o(e))}
        </tbody>
      </table>
    </div>`}#o(n){let r=n.id===this.mine,i=`${n.keyPolicyLabel}, ${n.iamLabel}, ${n.grantLabel}`,o=()=>a(this,{kind:`load`,text:n.scenario,title:i,hash:h(n)}),s=e=>e===`none`?`none`:``;return t`<tr role="row" data-id=${n.id} class="${r?`own`:``} ${n.id===this.target?`target`:``}">
        <th scope="row" role="rowheader" class=${s(n.keyPolicy)}>
          <span class="part" aria-hidden="true">Key policy</span>
          <button type="button" class="row" @click=${o}>
            ${n.keyPolicyLabel}<span class="hidden">, identity-based policy ${n.iamLabel}, grant ${n.grantLabel}: open this case</span>
          </button>
        </th>
        <td role="cell" class=${s(n.iam)}><span class="part" aria-hidden="true">Identity-based policy</span> ${n.iamLabel}</td>
        <td role="cell" class=${s(n.grant)}><span class="part" aria-hidden="true">Grant</span> ${n.grantLabel}</td>
        <td role="cell" class="access">${this.#s(n,r)}</td>
      </tr>
      ${this.reasons?t`<tr role="row" class="reason ${r?`mine`:``}"><td role="cell" colspan="4">${n.reason}</td></tr>`:e}`}#s(n,r){let a=i(n.outcome),o=m(n,this.rows);return t`<div>
        <b class=${a.tone}>${a.glyph} ${a.word.toLowerCase()}</b>
        ${n.minimal?t`<span class="tag allow">minimal</span>`:e} ${r?t`<span class="tag">your case</span>`:e}
        <a class="permalink" href=${this.base+h(n)} aria-label="Link to this case">#</a>
      </div>
      ${o===``?e:t`<span class="tag differs">≠ ${o}</span>`}`}};customElements.define(`combination-tables`,g);