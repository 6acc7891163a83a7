const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["./field-list-BkPxFdqz.js","./lit-BV0AduLa.js","./engine-client-Bqp3uFmD.js","./read-file-BRMEA7mo.js","./judge-C1RR618x.js","./sections-BJsCIxKJ.js","./contract-CkNkI011.js","./preload-helper-BQUUbbNx.js","./catalogue-texts-DZIU-OGZ.js","./link-B5oCVs_y.js","./crc32-C0k-69VN.js","./rewrites-CW_gq_fa.js","./editing-B6p-OmbN.js","./short-link-BPhBaDRi.js","./report-BQi9p0BE.js","./layer-bar-97o_8Jjt.js"])))=>i.map(i=>d[i]);
import{A as e,C as t,D as n,M as r,O as i,b as a,c as o,g as s,h as c,j as l,n as u,p as d,s as f,t as p,w as ee}from"./judge-C1RR618x.js";import"./combination-tables-D_8Er7UK.js";import{_ as te,a as ne,d as re,f as ie,g as m,h as ae,m as oe,n as se,o as ce,p as h,r as le,s as ue,t as de,v as g}from"./editing-B6p-OmbN.js";import{a as _,n as v,s as y,t as b}from"./lit-BV0AduLa.js";import{a as fe,f as pe,h as x,i as S,l as C,m as w,n as T,o as me,p as he,r as E,t as ge}from"./engine-client-Bqp3uFmD.js";import{t as D}from"./preload-helper-BQUUbbNx.js";import{i as _e,n as ve,r as ye,t as be}from"./short-link-BPhBaDRi.js";import{n as xe}from"./contract-CkNkI011.js";import{a as O,c as k,l as Se,n as Ce}from"./sections-BJsCIxKJ.js";function A(e){e.target===e.currentTarget&&e.currentTarget.close()}var j={words:``,service:``,type:``,outcome:``};function we(e){return e.map(e=>{let{title:t,summary:n,file:r,types:i,modes:a}=e,o=e.serviceName||e.service,s=[...new Set(e.outcomes)],c=s.flatMap(e=>[e,l(e),e===`allow`?``:`denied`]);return{example:e,group:r.replace(/\/?[^/]*$/,``),text:[t,n,r,e.service,o,...i,...a,...c].join(`
`).toLowerCase(),values:{service:[o],type:i,outcome:s}}})}function M(e,t){let n=t.words.toLowerCase().split(/\s+/),r=({values:e},n)=>t[n]===``||e[n].some(e=>e===t[n]);return e.filter(e=>r(e,`service`)&&r(e,`type`)&&r(e,`outcome`)&&n.every(t=>e.text.includes(t)))}function Te(e,t,n){let r=new Map;for(let t of e.flatMap(e=>e.values[n]))r.set(t,0);for(let i of M(e,{...t,[n]:``}))for(let e of i.values[n])r.set(e,(r.get(e)??0)+1);return[...r].map(([e,t])=>({value:e,count:t})).sort((e,t)=>e.value.localeCompare(t.value,`en`))}var Ee={kms:`KMS`,"kms-grants":`KMS grants`,s3:`S3`};function De(e){return Ee[e]??(e.charAt(0).toUpperCase()+e.slice(1)).replaceAll(`-`,` `)}function Oe(e){let t=new Map;for(let n of e)t.set(n.group,[...t.get(n.group)??[],n]);return[...t].sort(([e],[t])=>Number(t.startsWith(`kms`))-Number(e.startsWith(`kms`)))}var ke=[{facet:`service`,label:`Service`},{facet:`type`,label:`Policy type`},{facet:`outcome`,label:`Outcome`}],Ae=class extends x{static properties={examples:{attribute:!1},opened:{state:!0},filter:{state:!0},current:{state:!0}};#e=[];constructor(){super(),this.examples=[],this.opened=!1,this.filter=j,this.current=``}willUpdate(e){e.has(`examples`)&&(this.#e=we(this.examples))}render(){let e=this.examples.length;return y`<button type="button" class="link" aria-haspopup="dialog" ?disabled=${e===0} @click=${()=>void this.#s()}>
        Gallery${e>0?` (${e})`:``}
      </button>
      <dialog class="box gallery" aria-labelledby="gallery-title" @close=${()=>this.opened=!1} @click=${A} @keydown=${this.#d}>
        ${this.opened?this.#t():_}
      </dialog>`}#t(){let e=M(this.#e,this.filter);return y`<form method="dialog" class="box-head">
        <h2 id="gallery-title">Gallery</h2>
        <button class="quiet" aria-label="Close">✕</button>
      </form>
      <div class="filters">
        <label class="search"
          ><span class="label">Search</span>
          <input
            type="search"
            autofocus
            placeholder="title, service, policy type, outcome…"
            autocomplete="off"
            spellcheck="false"
            .value=${this.filter.words}
            @input=${e=>this.#l({words:e.target.value})}
        /></label>
        ${ke.map(({facet:e,label:t})=>this.#n(e,t))}
      </div>
      <div class="found" role="status">${e.length} of ${this.#e.length} scenarios</div>
      <div class="hits">${e.length===0?this.#r():this.#i(e)}</div>`}#n(e,t){let n=Te(this.#e,this.filter,e);if(n.length<2)return _;let r=t=>e===`outcome`?l(t):t;return y`<label
      ><span class="label">${t}</span>
      <select .value=${this.filter[e]} @change=${t=>this.#l({[e]:t.target.value})}>
        <option value="">All</option>
        ${n.map(({value:t,count:n})=>y`<option value=${t} ?selected=${t===this.filter[e]}>${r(t)} (${n})</option>`)}
      </select></label
    >`}#r(){return y`<p class="none">
      No scenario matches. <button type="button" class="link" @click=${()=>void this.#u()}>Clear filters</button>
    </p>`}#i(e){let t=Oe(e),n=e.some(e=>e.example.file===this.current)?this.current:t[0]?.[1][0]?.example.file;return b(t,([e])=>e,([e,t])=>y`<h3>${De(e)} <span class="soft">${t.length}</span></h3>
      <ul>
        ${b(t,e=>e.example.file,e=>this.#a(e,e.example.file===n))}
      </ul>`)}#a({example:t,values:n},r){return y`<li>
      <button type="button" tabindex=${r?`0`:`-1`} @focus=${()=>this.current=t.file} @click=${()=>this.#c(t)}>
        <span class="head-line"><b>${t.title}</b><span class="outcomes">${n.outcome.map(e)}</span></span>
        ${t.summary===``?_:y`<span class="summary">${t.summary}</span>`}
        ${n.type.length===0?_:y`<span class="types">${n.type.join(` · `)}</span>`}
      </button>
    </li>`}get#o(){return this.querySelector(`dialog`)}async#s(){this.opened=!0,await this.updateComplete,this.#o?.showModal()}#c({text:e,title:t,file:n}){this.#o?.close(),w(this,{kind:`load`,text:e,title:t,hash:`#example=${n}`})}#l(e){this.filter={...this.filter,...e},this.querySelector(`.hits`)?.scrollTo({top:0,behavior:`instant`})}async#u(){this.filter=j,await this.updateComplete,this.querySelector(`input`)?.focus()}#d(e){let t=e.target,n=this.querySelector(`input`),r=[...this.querySelectorAll(`.hits li button`)],i=r.indexOf(t);if(i<0&&t!==n)return;let a={ArrowDown:Math.min(i+1,r.length-1),ArrowUp:i-1};if(i>=0&&Object.assign(a,{Home:0,End:r.length-1}),e.key===`Enter`&&t===n&&this.filter.words.trim()!==``)return r[0]?.click();let o=a[e.key];o===void 0||o<0&&i<0||(e.preventDefault(),(o<0?n:r[o])?.focus())}};customElements.define(`scenario-gallery`,Ae);var je=8,N=100,Me=class extends x{static properties={choices:{attribute:!1},value:{attribute:!1},filter:{state:!0}};constructor(){super(),this.filter=``}render(){let e=this.filter.trim().toLowerCase(),t=this.choices.filter(({id:t,label:n})=>t===this.value||n.toLowerCase().includes(e));return y`<fieldset class="choices">
      <legend>Which one? <span class="soft">${this.choices.length} found</span></legend>
      ${this.choices.length>je?this.#e(t.length):``}
      <div class="choice-rows">
        ${t.slice(0,N).map(({id:e,label:t})=>y`<label
            ><input type="radio" name="choice" value=${e} .checked=${v(e===this.value)} @change=${()=>this.#t(e)} /><span>${t}</span></label
          >`)}
      </div>
      ${t.length>N?y`<p class="soft">The first ${N} are shown. The filter finds the others.</p>`:``}
    </fieldset>`}#e(e){return y`<label
      ><span class="label">Filter: ${e} of ${this.choices.length}</span>
      <input
        type="search"
        autocomplete="off"
        spellcheck="false"
        .value=${this.filter}
        @input=${e=>this.filter=e.target.value}
        @change=${e=>e.stopPropagation()}
    /></label>`}#t(e){this.value=e,this.dispatchEvent(new CustomEvent(`choose`,{detail:e}))}};customElements.define(`choice-list`,Me);function Ne(e,t,n=`Paste next`){return e.length===0?_:y`<h3>${n}</h3>
    <ol class="next">
      ${e.map(({text:e,command:n},r)=>y`<li>
          <span id="next-${r}">${e}</span>
          ${n===``?_:y`<span class="command"
                ><code>${n}</code><button type="button" aria-describedby="next-${r}" @click=${()=>t(n)}>Copy<span class="hidden"> the command</span></button></span
              >`}
        </li>`)}
    </ol>`}var Pe=1048576,Fe=67108864,Ie=150,Le=[`an access denied message`,`a CloudTrail event`,`aws sts decode-authorization-message`,`aws iam get-account-authorization-details`,`aws kms get-key-policy, list-grants`,`a policy of any type, from the console or the AWS CLI`,`Terraform, CloudFormation, SAM, serverless.yml, Kubernetes service accounts, Pulumi's state`,`several of these at once, as text, files or a folder`,`a why403 scenario file`],Re=class extends x{static properties={result:{attribute:!1},busy:{attribute:!1},opened:{state:!0},text:{state:!0},choice:{state:!0},earlier:{state:!0},waiting:{state:!0},applied:{state:!0},said:{state:!0}};#e={};#t=``;#n;#r;constructor(){super(),this.busy=!1,this.opened=!1,this.text=``,this.choice=``,this.earlier=``,this.waiting=!1,this.said=``,this.addEventListener(pe.type,e=>{let{message:t}=e;t.kind===`show-place`&&(e.stopPropagation(),this.#T(t.start,t.end))})}async openWith(e){await this.#d(),this.#f(e,!0)}async openWithFiles(e){let t=P(e);await this.#d(),this.#w(await t)}willUpdate(e){e.has(`result`)&&this.result?(this.#n=this.result,this.waiting=!1,this.result.fields.length>0&&D(()=>import(`./field-list-BkPxFdqz.js`),__vite__mapDeps([0,1,2]),import.meta.url)):e.get(`busy`)===!0&&!this.busy&&this.waiting&&(this.#n=void 0,this.waiting=!1,this.said=`The engine could not read this. The page says why.`)}render(){return y`<button type="button" class="link" aria-haspopup="dialog" @click=${()=>void this.#d()}>Import an error</button>
      <dialog
        class="box import"
        aria-labelledby="import-title"
        @close=${()=>this.opened=!1}
        @click=${A}
        @dragover=${e=>e.preventDefault()}
        @drop=${e=>this.#S(e)}
      >
        ${this.opened?this.#i():_}
      </dialog>`}#i(){return y`<form method="dialog" class="box-head">
        <h2 id="import-title">Import</h2>
        <button class="quiet" aria-label="Close">✕</button>
      </form>
      ${this.applied?y`<div class="applied"><div><b>✓ On the page now.</b> Undo takes it back.</div>${Ne(this.applied.next,e=>void this.#x(e))}</div>`:_}
      ${this.#a()}
      <div role="status" class="import-state">${this.said||this.#o()}</div>
      ${this.waiting||this.busy?y`<div class="row-of import-wait"><progress aria-label="Reading"></progress><button type="button" @click=${()=>this.#h()}>Cancel</button></div>`:_}
      ${this.text!==``&&this.#n?this.#s(this.#n):this.applied?_:Be()}
      ${this.#c()}`}#a(){return y`<label
        ><span class="label">${this.applied?`Paste the next part`:`Paste what AWS gave you`}</span>
        <textarea
          class="code"
          rows="7"
          autofocus
          spellcheck="false"
          autocomplete="off"
          autocapitalize="off"
          .value=${v(this.#g?``:this.text)}
          placeholder=${this.#g?`${this.#t||`This text`} is ${f(this.text.length)}, and is not shown here`:``}
          @paste=${e=>this.#_(e)}
          @input=${e=>this.#f(e.target.value,!1)}
        ></textarea>
      </label>
      <div class="row-of">
        <button type="button" @click=${()=>this.querySelector(`input[type=file]`)?.click()}>Open files</button>
        <input type="file" multiple hidden aria-label="File to import" @change=${e=>void this.#C(e.target)} />
        ${this.earlier!==``&&this.earlier!==this.text?y`<button type="button" @click=${()=>this.#f(this.earlier,!0)}>Put the earlier text back</button>`:_}
        <span class="hint">Or drop files or a folder. They do not leave this browser.</span>
      </div>`}#o(){if(this.text===``)return``;if(this.waiting||this.busy)return`Reading…`;let e=this.#n?.kind??``;return e===``?``:`Recognised as: ${e}`}#s({text:e,understood:t,unknown:r,choices:i,fields:a,problems:o,next:s}){return y`<div class="result ${this.waiting||this.busy?`old`:``}">
      ${i.length>0?y`<choice-list .choices=${i} .value=${this.choice} @choose=${e=>this.#v(e.detail)}></choice-list>`:_}
      ${a.length>0?y`<field-list .fields=${a} @fill=${e=>this.#m(e.detail)}></field-list>`:_}
      ${o.length>0?n(this,o,{}):_}
      <div class="facts-of">${F(`Understood`,`✓`,t)} ${F(`Could not know`,`?`,r)}</div>
      ${e===``?Ne(s,e=>void this.#x(e),`Next`):_}
    </div>`}#c(){let e=this.text!==``&&!this.waiting&&!this.busy&&(this.#n?.text??``)!==``;return y`<div class="row-of import-buttons">
      ${this.applied&&this.text===``?_:y`<button type="button" class="main" ?disabled=${!e} @click=${()=>void this.#y()}>Use it</button>`}
      ${this.applied?y`<button type="button" class=${this.text===``?`main`:``} @click=${()=>this.#b()}>Done</button>`:_}
    </div>`}get#l(){return this.querySelector(`dialog`)}get#u(){return this.querySelector(`textarea`)}async#d(){w(this,{kind:`import-open`}),this.said=``,this.opened=!0,await this.updateComplete,this.#l?.open||this.#l?.showModal()}#f(e,t){t&&this.text!==``&&this.text!==e&&(this.earlier=this.text),this.text=e,this.choice=``,this.#e={},this.said=e.length>Fe?`This is ${f(e.length)}; at most 64 MiB is read. Paste the one event or policy that matters.`:``,clearTimeout(this.#r),(e===``||this.said!==``)&&(this.#n=void 0);let n=this.said===``?e:``;this.waiting=n!==``,this.#r=setTimeout(()=>this.#p(n),t?0:Ie)}#p(e){w(this,{kind:`import-paste`,text:e,choice:this.choice,values:this.#e})}#m({name:e,value:t}){this.#e={...this.#e,[e]:t},this.waiting=!0,this.#p(this.text)}#h(){clearTimeout(this.#r),this.waiting=!1,this.#n=void 0,w(this,{kind:`import-cancel`}),this.said=`Cancelled. The text stays in the box.`}get#g(){return this.text.length>Pe}#_(e){let t=e.clipboardData?.getData(`text/plain`)??``;t.length<=Pe||(e.preventDefault(),this.#t=``,this.#f(t,!0))}#v(e){this.choice=e,this.waiting=!0,this.#p(this.text)}async#y(){w(this,{kind:`import-apply`}),this.applied=this.#n,this.earlier=this.text,this.#f(``,!1),await this.updateComplete,this.#u?.focus()}#b(){this.applied=void 0,this.#l?.close(),document.querySelector(`#answer`)?.focus()}async#x(e){this.said=await r(e)?`Command copied.`:`The browser does not allow copying here. Select the command and copy it.`}#S(e){e.dataTransfer&&e.dataTransfer.files.length!==0&&(e.preventDefault(),e.stopPropagation(),P(e.dataTransfer).then(e=>this.#w(e)))}async#C(e){let t=[...e.files??[]].map(e=>({name:e.name,file:e}));t.length>0&&this.#w(await(await ze()).readFiles(t)),e.value=``}#w(e){`trouble`in e?this.said=e.trouble:(this.#t=e.name,this.#f(e.text,!0))}#T(e,t){let n=this.#u;n?.blur(),n?.setSelectionRange(e,t),n?.focus()}},ze=()=>D(()=>import(`./read-file-BRMEA7mo.js`),__vite__mapDeps([3,4,1,2,5,6,7,8]),import.meta.url);async function P(e){let t=[...e.items].map(e=>e.webkitGetAsEntry()).filter(e=>e!==null),n=[...e.files].map(e=>({name:e.name,file:e})),{readEntries:r,readFiles:i}=await ze();return t.length>0?r(t):i(n)}function Be(){return y`<div class="recognised">
    <div class="label">It recognises</div>
    <ul>${Le.map(e=>y`<li>${e}</li>`)}</ul>
  </div>`}function F(e,t,n){return n.length===0?_:y`<div>
    <h3>${e}</h3>
    <ul>${n.map(e=>y`<li><span aria-hidden="true">${t} </span>${e}</li>`)}</ul>
  </div>`}customElements.define(`import-box`,Re);var Ve=5e3,He=500,I=50,L=2e3,Ue=/(https:\/\/[^\s<>"]+)/,We=class extends x{static properties={state:{attribute:!1},shown:{state:!0},editing:{state:!0}};constructor(){super(),this.shown=!1,this.editing=!1}render(){let{edited:e}=this.state;return y`<div class="notes">
      <div class="title-row">
        ${this.#t()} ${e?y`<span class="soft">(edited)</span>`:_}
        <button type="button" class="link" aria-expanded=${this.shown?`true`:`false`} aria-controls=${this.shown?`notes`:_} @click=${()=>this.#r()}>
          ${this.#e&&!this.shown?`Add notes`:`Notes`}
        </button>
      </div>
      ${this.shown?this.#n():_}
    </div>`}get#e(){return this.state.notes.trim()===``}#t(){let{title:e}=this.state;return e.length>Ve?y`<span class="title">${e.slice(0,He)}… <span class="soft">(${e.length.toLocaleString(`en`)} characters: edit it in the file)</span></span>`:y`<span class="grow title"
      ><span aria-hidden="true">${e||`Untitled`}</span
      ><textarea
        rows="1"
        aria-label="Title"
        placeholder="Untitled"
        spellcheck="false"
        .value=${v(e)}
        @keydown=${e=>{e.key===`Enter`&&e.preventDefault()}}
        @input=${e=>w(this,{kind:`title`,title:e.target.value})}
      ></textarea
    ></span>`}#n(){let{notes:e}=this.state,t=o(e,L);if(!this.editing||t){let n=e.trim().split(/\n\s*\n/),r=n.length-I;return y`<div id="notes" class="prose">
        ${n.slice(0,I).map(e=>y`<p>${Ge(e)}</p>`)}
        ${r>0?y`<p>and ${r.toLocaleString(`en`)} more paragraphs</p>`:_}
        ${t?y`<p class="hint">These notes have more than ${L.toLocaleString(`en`)} lines: edit them in the file.</p>`:y`<button type="button" @click=${()=>void this.#i(!0)}>Edit notes</button>`}
      </div>`}return y`<div id="notes" class="prose">
      <span class="grow"
        ><span aria-hidden="true">${e} </span
        ><textarea
          aria-label="Notes"
          placeholder="What this scenario shows, in plain text"
          .value=${v(e)}
          @input=${e=>w(this,{kind:`notes`,notes:e.target.value})}
        ></textarea
      ></span>
      <button type="button" @click=${()=>void this.#i(!1)}>Done</button>
    </div>`}#r(){this.shown=!this.shown,this.#i(this.shown&&this.#e)}async#i(e){this.editing=e,await this.updateComplete,this.querySelector(e?`#notes textarea`:`#notes button`)?.focus()}};function Ge(e){return e.split(Ue).map((e,t)=>t%2==1?y`<a href=${e} rel="noreferrer">${e}</a>`:e)}customElements.define(`scenario-notes`,We);function R(e,t){let n=URL.createObjectURL(new Blob([t],{type:`text/plain`})),r=e.toLowerCase().replace(/[^a-z0-9]+/g,`-`).replace(/^-|-$/g,``).slice(0,60);Object.assign(document.createElement(`a`),{href:n,download:`${r||`scenario`}.txtar`}).click(),URL.revokeObjectURL(n)}var Ke=new Intl.DateTimeFormat(`en`,{dateStyle:`medium`,timeStyle:`short`}),z=10,qe={kept:`Your drafts, so that a reload loses nothing. They are in this browser's storage and nowhere else.`,full:`This browser has no room for more. What you typed last is gone when this page is closed, unless you download it or forget something older.`,blocked:`This browser stores nothing for this page: the drafts are gone when it is closed.`},Je=class extends x{static properties={drafts:{attribute:!1},keeping:{attribute:!1},opened:{state:!0},shown:{state:!0},sure:{state:!0}};constructor(){super(),this.opened=!1,this.shown=z,this.sure=!1}render(){return y`<details class="kept" .open=${this.opened} @toggle=${e=>this.opened=e.target.open}>
      <summary>Kept in this browser</summary>
      ${this.opened?this.#e():_}
    </details>`}async show(){this.opened=!0,await this.updateComplete,this.querySelector(`summary`)?.focus()}#e(){let e=this.drafts(),t=e.length-this.shown;return y`<p>${qe[this.keeping]}</p>
      <ul>
        ${e.slice(0,this.shown).map(e=>this.#t(e))}
      </ul>
      ${e.length===0?y`<p>No drafts.</p>`:_}
      ${t>0?y`<p><button type="button" @click=${()=>this.shown+=z}>Show more, of ${t} older drafts</button></p>`:_}
      <p class="row-of">
        ${this.sure?y`<button type="button" class="danger" @click=${()=>this.#r()}>Yes, forget drafts, undo steps and what is on the page</button>
              <button type="button" @click=${()=>this.sure=!1}>Keep them</button>`:y`<button type="button" @click=${()=>this.sure=!0}>Forget everything</button>`}
      </p>`}#t({id:e,title:t,text:n,time:r}){let i=t||`Untitled`;return y`<li>
      <button type="button" class="link" @click=${()=>w(this,{kind:`load`,text:n,title:t})}>${i}</button>
      <span>${Ke.format(r)}</span>
      <button type="button" class="link" @click=${()=>R(t,n)}>Download<span class="hidden"> ${i}</span></button>
      <button type="button" class="link" @click=${()=>this.#n(e)}>Forget<span class="hidden"> ${i}</span></button>
    </li>`}#n(e){w(this,{kind:`forget-draft`,id:e}),this.requestUpdate()}#r(){this.sure=!1,w(this,{kind:`forget`}),this.requestUpdate()}};customElements.define(`kept-drafts`,Je);var Ye=class extends x{static properties={link:{attribute:!1},file:{attribute:!1},site:{attribute:!1},offered:{state:!0},made:{state:!0},said:{state:!0}};#e=!1;constructor(){super(),this.link=``,this.offered=!1,this.said=``}async ask(){this.made=void 0,this.said=``,this.#e||!navigator.onLine||(this.#e=!0,this.offered=await _e(this.site))}render(){return this.offered?y`<h3>Short link</h3>
      <p>Private: encrypted in this browser, and the key is only in the link. The server stores what it can't read. Public: the server stores the scenario, and everybody with the link can read it.</p>
      <p class="row-of">
        <button type="button" ?disabled=${this.link===``} @click=${()=>void this.#n(()=>be(this.link,this.site))}>Make a private link</button>
        <button type="button" @click=${()=>void this.#n(()=>ve(this.file(),this.site))}>Publish</button>
      </p>
      ${this.made?this.#t(this.made):_}
      <p role="status" class="hint">${this.said}</p>`:_}#t(e){return y`<label
        ><span class="label">Short link</span>
        <input class="code" readonly .value=${e.url} @focus=${e=>e.target.select()}
      /></label>
      <p class="row-of">
        <button type="button" class="main" @click=${()=>void this.#i(e.url)}>Copy short link</button>
        <button type="button" class="danger" @click=${()=>void this.#r(e)}>Delete it again</button>
        <span class="hint">To delete it later, keep this word: <code>${e.deleteToken}</code></span>
      </p>`}async#n(e){this.said=`One moment…`;let t=await e();this.made=`error`in t?void 0:t,this.said=`error`in t?t.error.message:`Stored.`}async#r(e){let t=await ye(e,this.site);t||(this.made=void 0),this.said=t?t.error.message:`Deleted. A copy can stay in a cache for five minutes.`}async#i(e){this.said=await r(e)?`Copied.`:`The browser does not allow copying here. Select the text and copy it.`}};customElements.define(`short-links`,Ye);var Xe=2e3,B=[[`html`,`HTML for a page`],[`mdx`,`MDX`],[`markdown`,`Markdown`]];function V(){return new URL(`.`,document.baseURI).href}var Ze=class extends x{static properties={makeLink:{attribute:!1},makeFile:{attribute:!1},makeBlock:{attribute:!1},answers:{attribute:!1},fileTitle:{attribute:!1},link:{state:!0},said:{state:!0},blocks:{state:!0}};constructor(){super(),this.link=``,this.answers=[],this.said=``,this.blocks=new Map}render(){return y`<button type="button" class="link" aria-haspopup="dialog" @click=${()=>void this.#i()}>Share</button>
      <dialog class="box share" aria-labelledby="share-title" @click=${A}>
        <form method="dialog" class="box-head">
          <h2 id="share-title">Share</h2>
          <button class="quiet" aria-label="Close">✕</button>
        </form>
        <p>The link holds the whole scenario, policies included, after its <code>#</code>. Browsers don't send that part to any server. Whoever gets the link can read it.</p>
        ${this.#n()}
        <short-links .link=${this.#e} .file=${this.makeFile} .site=${V()}></short-links>
        <h3>As text</h3>
        <p class="row-of">
          <button type="button" @click=${()=>void this.#o(this.makeFile(),`Scenario file copied`)}>Copy scenario file</button>
          <button type="button" @click=${()=>this.#s()}>Download scenario file</button>
          ${B.map(([e,t])=>this.#r(e,t))}
        </p>
        <p role="status" class="hint">${this.said}</p>
      </dialog>`}get#e(){return typeof this.link==`string`?this.link:``}get#t(){return this.#e===``?``:location.href.replace(/#.*$/s,``)+this.#e}#n(){if(typeof this.link!=`string`)return y`<p class="trouble" role="alert">${this.link.error.message}</p>`;let e=this.#t;return y`<label
        ><span class="label">Link, ${e.length.toLocaleString(`en`)} characters</span>
        <input class="code" readonly .value=${e} @focus=${e=>e.target.select()}
      /></label>
      <p class="row-of">
        <button type="button" class="main" ?disabled=${e===``} @click=${()=>void this.#o(e,`Link copied`)}>Copy link</button>
        ${e.length>Xe?y`<span class="hint">Some chats cut long links off. The page then says so; a file is safer.</span>`:_}
      </p>`}#r(e,t){let n=this.blocks.get(e)??``,r=e===`markdown`?``:`<script type="module" src="${V()}why403.js"><\/script>\n`;return y`<button type="button" ?disabled=${n===``} @click=${()=>void this.#o(r+n,`${t} copied`)}>Copy ${t}</button>`}async#i(){this.said=``,this.link=``,this.querySelector(`dialog`)?.showModal(),this.querySelector(`short-links`)?.ask(),this.link=await this.makeLink(),await this.#a()}async#a(){this.blocks=new Map;let e=this.#t;if(e!==``&&this.answers.length!==0)for(let[t]of B){let{block:n,problem:r}=await this.makeBlock(t,e);if(e!==this.#t)return;r===``?this.blocks=new Map([...this.blocks,[t,n]]):this.said=r}}async#o(e,t){this.said=await r(e)?`${t}.`:`The browser does not allow copying here. Select the text and copy it.`}#s(){R(this.fileTitle,this.makeFile()),this.said=`Scenario file saved.`}};customElements.define(`share-box`,Ze);function Qe(e){if(!e)return;let t=()=>{let t=innerHeight-e.offsetHeight-16;e.style.setProperty(`--stick`,`${Math.min(16,t)}px`)};new ResizeObserver(t).observe(e),addEventListener(`resize`,t)}var $e=300,et=class{result;busy=!1;trouble=``;#e;#t;#n;#r=new Map;#i=!1;#a=``;#o;constructor(e,t,n){this.#e=e,this.#t=t,this.#n=n}say(e,t){this.#r.set(e,t),this.#i=t===`none`}forget(){this.#r.clear(),this.#i=!1}look(e,t){let n=e.sections.some(e=>O(e).type===`error`&&d(e))&&t?this.#s(e,t.request):``;n!==this.#a&&(this.#a=n,clearTimeout(this.#o),this.busy=n!==``,this.busy?this.#o=setTimeout(()=>void this.#c(n),$e):this.result=void 0,this.#t())}#s(e,t){let n=e=>[...this.#r].filter(([,t])=>t===e).map(([e])=>e).join(` `);return JSON.stringify({scenario:s(e),request:t,none:n(`none`),denied:n(`denied`)})}async#c(e){try{let{result:t}=await u(this.#e(),`diagnose`,e);if(e!==this.#a)return;this.#l(t,``)}catch(t){if(!(t instanceof E))throw t;e===this.#a&&this.#l(void 0,t.message)}}#l(e,t){this.result=e,this.trouble=t,this.busy=!1,this.#t(),this.#i&&e&&(this.#i=!1,this.#n(e.policies.none))}},tt=class{#e=[];#t=[];#n;record(e,t,n){this.#e=[...this.#e.slice(-199),{label:e,state:t}],this.#t=[],this.#n=n}undo(e){return this.#r(this.#e,this.#t,e)}redo(e){return this.#r(this.#t,this.#e,e)}clear(){this.#e=[],this.#t=[],this.#n=void 0}get undoLabel(){return this.#e.at(-1)?.label??``}get redoLabel(){return this.#t.at(-1)?.label??``}isSettled(e){return this.#n===e||this.#n!==void 0&&nt(this.#n,e)}#r(e,t,n){let r=e.pop();if(r)return t.push({label:r.label,state:n}),this.#n=r.state,r.state}};function nt(e,t){let n=e=>JSON.stringify([e.title,e.notes,e.requests,e.sections]);return n(e)===n(t)}var H={title:``,notes:``,comment:``,order:[],closed:!0,requests:[],sections:[],problems:[]},U={title:`The default key policy, and an identity-based policy that forgets kms:Decrypt`,notes:`The default key policy names the account, not the role. It delegates to IAM, and the role's policy allows Encrypt but not Decrypt.

See https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html`,comment:``,order:[],closed:!0,requests:[{name:``,text:``,want:``,lines:[{key:`principal`,value:`arn:aws:sts::111122223333:assumed-role/app/i-0abc`},{key:`action`,value:`kms:Decrypt`},{key:`resource`,value:`arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`}]}],sections:[{name:`resource.json`,text:`{
  "Version": "2012-10-17",
  "Statement": [{
    "Sid": "Enable IAM User Permissions",
    "Effect": "Allow",
    "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
    "Action": "kms:*",
    "Resource": "*"
  }]
}`},{name:`identity/app-inline.json`,text:`{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Action": ["kms:Encrypt", "kms:GenerateDataKey*"],
    "Resource": "*"
  }
}`}],problems:[]};function rt(e){return{kind:``,text:``,fragment:!0,syntax:``,brought:[],understood:[],unknown:[],next:[],choices:[],fields:[],problems:[{section:``,start:0,end:0,line:0,column:0,code:`engine`,message:e}]}}function it(e){let n=s(e);return n===s(t(U))||n===s(t(H))}var at=class{result;busy=!1;#e;#t;#n;#r=0;constructor(e,t,n){this.#e=e,this.#t=t,this.#n=n}async paste(e){let t=++this.#r;if(this.busy=e.text!==``,this.result=void 0,this.#n(),e.text===``)return;let n=await this.#i(e);t===this.#r&&(this.result=n,this.busy=!1,this.#n())}cancel(){this.#r++,this.busy=!1,this.#e.end(),this.#n()}async#i({text:e,choice:n,values:r}){let i=s(this.#t()),a=i===s(t(U))?``:i,o=(e,t)=>{let i=JSON.stringify({scenario:a,choice:n,values:JSON.stringify(r),translated:t});return this.#e.of(S).call(`import`,`${i}\n${e}`)};try{let t=await o(e,``);if(t.syntax===``)return t;let{text:n,problems:r}=await this.#e.of(me).call(`translate`,`${t.syntax}\n${e}`);return r.length>0?{...t,problems:r}:await o(n,`yes`)}catch(e){if(!(e instanceof E))throw e;return rt(e.message)}}},W=`why403.draft.`,G=`why403.drafts`;function K(e){let{id:t,title:n,text:r,time:i}=e??{};return typeof t==`string`&&typeof n==`string`&&typeof r==`string`&&typeof i==`number`}function ot(){try{return localStorage.setItem(`${W}probe`,``),localStorage.removeItem(`${W}probe`),`kept`}catch{return q().length>0?`full`:`blocked`}}function q(){try{return Object.keys(localStorage).filter(e=>e.startsWith(`why403.`))}catch{return[]}}function J(e,t){try{return localStorage.setItem(e,JSON.stringify(t)),!0}catch{return!1}}function Y(e){try{return JSON.parse(localStorage.getItem(e)??`null`)}catch{return null}}function X(e){try{localStorage.removeItem(e)}catch{}}function Z(){let e=Y(G);return Array.isArray(e)?e.filter(K):[]}var st=class{keeping=ot();#e=new Map;list(){let e=new Map(Z().map(e=>[e.id,e])),t=q().filter(e=>e.startsWith(W));for(let n of t.map(Y).filter(K))e.set(n.id,n);for(let t of this.#e.values())e.set(t.id,t);return[...e.values()].sort((e,t)=>t.time-e.time)}get(e){let t=Y(W+e);return this.#e.get(e)??(K(t)?t:Z().find(t=>t.id===e))}save(e){this.#e.set(e.id,e),this.#t()}forget(e){this.#e.delete(e),X(W+e);let t=Z();t.some(t=>t.id===e)&&J(G,t.filter(t=>t.id!==e)),this.#t()}forgetAll(){this.#e.clear();for(let e of q())X(e);this.#t()}#t(){for(let[e,t]of[...this.#e])J(W+e,t)&&this.#e.delete(e);this.keeping!==`blocked`&&(this.keeping=this.#e.size>0?`full`:`kept`)}},ct=300;function lt(e){try{return decodeURIComponent(e)}catch{return e}}function ut(e){if(e===``||e===`#`)return{kind:`start`};let[,t,n=``]=/^#(\w+)=(.*)$/s.exec(e)??[];switch(t){case`s`:return{kind:`link`,hash:e};case`p`:return{kind:`private`,hash:e};case`example`:return{kind:`example`,file:lt(n)};case`row`:return{kind:`row`,id:lt(n)};default:return}}var dt=class{drafts=new st;#e=``;#t;#n;#r;#i;constructor(e,t){this.#r=e,this.#i=t}start(){addEventListener(`popstate`,()=>this.#l()),addEventListener(`pagehide`,()=>this.#o()),addEventListener(`beforeunload`,e=>this.#s(e));let e=ut(location.hash)??{kind:`start`};if(e.kind!==`start`)return this.#e=location.hash,e;let t=this.#c(),n=t===``?this.drafts.list()[0]:this.drafts.get(t);return this.#e=n&&t===n.id?t:``,n?{kind:`draft`,...n}:{kind:`start`}}opened(e){this.#o(),e!==this.#e&&history.pushState(null,``,e),this.#e=e}openedDraft(e){this.#o(),this.#a(`pushState`),this.edited(e)}edited(e){this.#e.startsWith(`#`)&&this.#a(`pushState`),this.#e===``&&this.#a(`replaceState`),this.#n=e,clearTimeout(this.#t),this.#t=setTimeout(()=>this.#o(),ct)}forget(){clearTimeout(this.#t),this.#n=void 0,this.drafts.forgetAll(),this.#e=``,history.pushState(null,``,location.pathname+location.search)}#a(e){this.#o(),this.#e=`${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`,history[e]({draft:this.#e},``,location.pathname+location.search)}#o(){clearTimeout(this.#t);let e=this.#n;if(this.#n=void 0,!e)return;let{keeping:t}=this.drafts;this.drafts.save({id:this.#e,time:Date.now(),...e()}),t!==this.drafts.keeping&&this.#i()}#s(e){this.#o(),this.drafts.keeping===`full`&&e.preventDefault()}#c(){let{draft:e}=history.state??{};return typeof e==`string`?e:``}#l(){let e=ut(location.hash);if(!e)return;let t=this.#c(),n=e.kind===`start`?t:location.hash;if(n===this.#e)return;this.#o(),this.#e=n;let r=t===``?void 0:this.drafts.get(t);this.#r(e.kind===`start`&&r?{kind:`draft`,...r}:e)}},Q=`why403.plain`;function ft(){try{return localStorage.getItem(Q)===`yes`}catch{return!1}}function pt(e){try{e?localStorage.setItem(Q,`yes`):localStorage.removeItem(Q)}catch{}}var mt=class{#e=new Map;of(e){let t=this.#e.get(e);if(t)return t;let n=new T(e,t=>{t.kind===`failed`&&this.#e.delete(e)});return this.#e.set(e,n),n.start(),n}end(){for(let e of[...this.#e.values()])e.end()}},ht=class{state=t(U);rows=[];examples=[];engine={kind:`loading`};filling=!1;notice=``;linked;row=``;plain=ft();arriving=!1;history=new tt;judge;diagnoser;client;changed;readers=new mt;importing;navigation;#e;#t;constructor(e){this.changed=e,this.client=new T(fe,t=>{this.engine=t,e()}),this.judge=new p(this.client,()=>this.readers.of(S),()=>this.#r()),this.diagnoser=new et(()=>this.readers.of(S),e,e=>this.#i(e)),this.importing=new at(this.readers,()=>this.state,e),this.navigation=new dt(e=>void this.#d(e),e)}start(){let e=this.navigation.start();this.client.start(),this.#n(e),this.#_()}async#n(e){this.arriving=e.kind!==`start`,this.arriving&&(this.state=t(H)),await this.#d(e),this.arriving=!1,this.changed()}async link(){let{encodeLink:e}=await D(async()=>{let{encodeLink:e}=await import(`./link-B5oCVs_y.js`);return{encodeLink:e}},__vite__mapDeps([9,4,1,2,5,6,7,8,10]),import.meta.url),t=!this.judge.pending&&!this.judge.stale?this.judge.answers.map(e=>e.outcome):[];return e(s(this.state),{engine:this.judge.engineVersion,outcomes:t})}async block(e,t){let{callTold:n}=await D(async()=>{let{callTold:e}=await import(`./judge-C1RR618x.js`).then(e=>e.r);return{callTold:e}},__vite__mapDeps([4,1,2,5,6,7,8]),import.meta.url);try{return(await n(this.readers.of(S),`block`,`${e} ${t}\n${s(this.state)}`)).result}catch(e){if(!(e instanceof E))throw e;return{block:``,problem:e.message,missing:[]}}}async handle(e){let{state:t}=this;if(!await de(this,e,()=>D(()=>import(`./rewrites-CW_gq_fa.js`),__vite__mapDeps([11,6,2,1,4,5,7,8,12]),import.meta.url)))switch(e.kind){case`choose-request`:return this.#o({...t,active:e.index});case`load`:return this.load(e.text,{label:`open “${e.title}”`,...e.hash===void 0?{}:{hash:e.hash}});case`import-open`:this.readers.of(S);return;case`import-paste`:return this.importing.paste(e);case`import-cancel`:return this.importing.cancel();case`import-apply`:return this.load(this.importing.result?.text??``,{label:`import ${this.importing.result?.kind??``}`,unknown:it(this.state)&&this.importing.result?.fragment===!0});case`command-answer`:return this.diagnoser.say(e.id,e.answer),this.#r();case`fill`:return(await D(async()=>{let{openFilling:e}=await import(`./rewrites-CW_gq_fa.js`);return{openFilling:e}},__vite__mapDeps([11,6,2,1,4,5,7,8,12]),import.meta.url)).openFilling(this,e.allowed);case`plain-editor`:return this.plain=e.plain,pt(e.plain),this.changed();case`forget`:return this.#b();case`forget-draft`:return this.navigation.drafts.forget(e.id),this.changed();case`dismiss`:return this.tell(``);case`undo`:return this.#a(this.history.undo(t));case`redo`:return this.#a(this.history.redo(t));case`show-check`:return this.judge.chosen=e.index,this.changed();case`start-engine`:return this.#u();case`show-place`:case`show-row`:return}}#r(){let{answer:e,pending:t,stale:n}=this.judge;!t&&!n&&this.diagnoser.look(this.state,e),this.changed()}#i(e){let t=this.judge.answer?.layers.filter(({name:t,state:n})=>n===`not known`&&e.includes(t))??[];t.length>0&&this.step(`set what there is none of`,le(this.state,t.map(({name:e})=>e),!0))}typed(e){this.state=e,this.#c(),this.judge.judgeSoon(e),this.changed()}step(e,t){t!==this.state&&(this.history.record(e,this.state,t),this.#a(t))}#a(e){e&&(this.#o(e),this.#c())}#o(e){this.state=e,this.judge.judge(e),this.changed()}#s(){this.notice=``,this.linked=void 0,this.row=``}#c(){this.#s(),this.navigation.edited(this.#l(this.state))}#l(e){return()=>({title:e.title,text:s(e)})}tell(e){this.notice=e,this.changed()}#u(){this.client.start(),this.judge.judge(this.state),this.#_()}async attempt(e){try{await e()}catch(e){if(!(e instanceof E))throw e;this.tell(e.message)}}async#d(e){switch(this.#s(),e.kind){case`start`:return this.#o(t(U,this.state));case`draft`:return this.load(e.text,{label:`open the draft “${e.title}”`,arrived:!0});case`link`:return this.#f(e.hash);case`private`:return this.#p(e.hash);case`example`:return this.#m(e.file);case`row`:return this.#h(e.id)}}async#f(e){let{decodeLink:t}=await D(async()=>{let{decodeLink:e}=await import(`./link-B5oCVs_y.js`);return{decodeLink:e}},__vite__mapDeps([9,4,1,2,5,6,7,8,10]),import.meta.url),n=t(e);if(`error`in n)return this.#g(n.error.message);let r={engine:n.engine,outcomes:n.outcomes};await this.load(n.text,{label:`open a link`,arrived:!0,linked:r})}async#p(e){let{openPrivate:t}=await D(async()=>{let{openPrivate:e}=await import(`./short-link-BPhBaDRi.js`).then(e=>e.a);return{openPrivate:e}},__vite__mapDeps([13,4,1,2,5,6,7,8]),import.meta.url),n=await t(e,new URL(`.`,document.baseURI).href);return typeof n==`string`?this.#f(n):this.#g(n.error.message)}async#m(e){await this.#y();let t=this.examples.find(t=>t.file===e);if(!t)return this.#g(`There is no scenario called ${e} here.`);await this.load(t.text,{label:`open “${t.title}”`,arrived:!0})}async#h(e){await this.#_();let t=this.rows.find(t=>t.id===e);if(!t)return this.#g(`The tables have no row called ${e}.`);await this.load(t.scenario,{label:`open a row of the tables`,arrived:!0}),this.row=e,this.changed()}#g(e){this.state.requests.every(e=>e.lines.every(e=>e.value===``))&&this.#o(t(U)),this.tell(e)}#_(){return this.#e??=this.#v(),this.#e}async#v(){try{this.rows=(await this.client.call(`combinations`,``)).rows,this.changed()}catch(e){if(!(e instanceof E))throw e;this.#e=void 0}await this.#y(),Promise.all([D(()=>import(`./link-B5oCVs_y.js`),__vite__mapDeps([9,4,1,2,5,6,7,8,10]),import.meta.url),D(()=>import(`./report-BQi9p0BE.js`),__vite__mapDeps([14,4,1,2,5,6,7,8]),import.meta.url),D(()=>import(`./rewrites-CW_gq_fa.js`),__vite__mapDeps([11,6,2,1,4,5,7,8,12]),import.meta.url)]).catch(()=>void 0)}#y(){return this.#t??=fetch(`examples.json?v=${ge}`).then(e=>e.ok?e.json():void 0).catch(()=>void 0).then(e=>{e?(this.examples=e.examples,this.changed()):this.#t=void 0}),this.#t}#b(){this.history.clear(),this.navigation.forget(),this.plain=ft(),this.#s(),this.#o(t(U))}async load(e,t){await this.attempt(async()=>{let n=await this.client.call(`open`,e);if(t.before&&this.state!==t.before)return;let r=n.problems.find(xe);if(r&&n.requests.length===0){let e=r.line>0?`${r.line}:${r.column}: `:``;this.#g(`Could not ${t.label}: ${e}${r.message}`)}else this.#x(n,t)})}#x(e,{label:n,hash:r,before:i,arrived:a,linked:o,unknown:s}){this.#s(),i||this.diagnoser.forget();let c=t(e,this.state),l=s?se(c):c;if(i)return this.step(n,{...l,active:i.active,edited:!0});a||this.history.record(n,this.state,l),this.#o(l),this.linked=o,r===void 0?a||this.navigation.openedDraft(this.#l(l)):this.navigation.opened(r),this.changed()}},$=20;function gt(e,t){let n=t.filter((t,n)=>e?.outcomes[n]!==void 0&&e.outcomes[n]!==t.outcome);if(!e||n.length===0)return _;let r=e=>e===void 0?``:e===`allow`?`allowed`:e;return y`<div class="notice" role="status">
    <p><b>The answer has changed.</b> This link was made with version ${e.engine||`unknown`} of the engine, which answered differently.</p>
    <ul>
      ${n.slice(0,$).map(n=>{let i=e.outcomes[t.indexOf(n)];return y`<li>
          ${n.request===``?_:y`<b>${n.request}</b>: `}then ${r(i)}, now
          <b class=${C(n.outcome).tone}>${r(n.outcome)}</b>
        </li>`})}
      ${n.length>$?y`<li>and ${(n.length-$).toLocaleString(`en`)} more</li>`:_}
    </ul>
  </div>`}var _t=20;function vt(e){return e instanceof HTMLElement&&(e.isContentEditable||e.matches(`input, textarea, select`))}var yt=class extends x{static properties={keys:{state:!0},listVersion:{state:!0},layers:{state:!0}};#e=new ht(()=>this.requestUpdate());#t=``;#n=new i(_t,`policies`,()=>this.requestUpdate());#r=new i(_t,`parts of entities and accounts`,()=>this.requestUpdate());constructor(){super(),this.keys=[],this.listVersion=``}connectedCallback(){this.replaceChildren(),super.connectedCallback(),he(this,e=>void this.#a(e)),document.addEventListener(`keydown`,e=>this.#c(e),{capture:!0}),document.addEventListener(`paste`,e=>this.#l(e)),document.addEventListener(`dragover`,e=>{e.dataTransfer?.types.includes(`Files`)&&e.preventDefault()}),document.addEventListener(`drop`,e=>this.#u(e)),this.#e.start()}firstUpdated(){Qe(this.querySelector(`answer-view`))}updated(e){super.updated(e);let{judge:t,rows:n,state:r}=this.#e;document.title=`${r.title.slice(0,200)||`why403`} – AWS access decisions, explained`,t.answer&&document.querySelector(`#static-examples`)?.remove(),n.length>0&&document.querySelector(`#static-tables`)?.remove(),t.answer&&this.#i()}async#i(){let e=this.#f();if(this.#t===e)return;this.#t=e,ne(),this.layers??=await D(()=>import(`./layer-bar-97o_8Jjt.js`),__vite__mapDeps([15,1,2]),import.meta.url).catch(()=>void 0);let t=await ue(e);this.#t===e&&(this.keys=t,this.listVersion=await ce())}async#a(e){if(e.kind===`show-place`)return this.#d(e);if(e.kind===`show-row`)return this.querySelector(`answer-view`)?.showRow(e.section,e.index);if(await this.#e.handle(e),e.kind!==`section-add`&&e.kind!==`entity-add`&&e.kind!==`account-add`)return;let{card:t,head:n}=await this.#o(this.#e.state.sections.at(-1)?.name??``);e.kind===`section-add`?await t?.edit():n?.begin()}async#o(e){this.#n.show(this.#s().findIndex(t=>t.name===e));let t=ie(h(this.#e.state.sections));return this.#r.show(t.findIndex(({folder:t,section:n})=>(n?.name??t.name)===e)),await this.updateComplete,{card:[...this.querySelectorAll(`policy-card`)].find(t=>t.section.name===e),head:[...this.querySelectorAll(`folder-head`)].find(t=>t.folder.name===e)}}#s(){let{state:e}=this.#e,t=g(a(e));return oe(e.sections.filter(({name:e})=>k(e).folder===``)).filter(e=>!ae(e,t))}#c(e){if(!(e.ctrlKey||e.metaKey)||e.altKey||e.defaultPrevented||document.querySelector(`dialog[open]`))return;let t=e.key.toLowerCase(),{history:n,state:r}=this.#e;if(!n.isSettled(r))return;let i=t===`y`||t===`z`&&e.shiftKey;(i?n.redoLabel!==``:t===`z`&&n.undoLabel!==``)&&(e.preventDefault(),this.#a({kind:i?`redo`:`undo`}))}#l(e){let t=e.clipboardData?.getData(`text/plain`)??``;t.trim()===``||e.composedPath().some(vt)||document.querySelector(`dialog[open]`)||(e.preventDefault(),this.querySelector(`import-box`)?.openWith(t))}#u(e){e.dataTransfer&&e.dataTransfer.files.length!==0&&(e.preventDefault(),this.querySelector(`import-box`)?.openWithFiles(e.dataTransfer))}async#d({section:e,start:t,end:n,line:r}){if(e===c(a(this.#e.state)))return this.querySelector(`request-fields`)?.showLine(r);let{card:i,head:o}=await this.#o(e);await i?.showRange(t,n),await o?.showLine(r)}#f(){return ee(a(this.#e.state),`action`)?.value??``}render(){let{state:e,judge:t,rows:n,linked:r,notice:i,row:o,arriving:s}=this.#e,{answers:c,problems:l,stale:u,pending:d,mode:f}=t,p=g(a(e));return y`${this.#g()}
      <main ?inert=${s} aria-busy=${s}>
        ${i===``?_:y`<div class="notice told" role="alert">
              <p class="trouble">${i}</p>
              <button type="button" class="quiet" aria-label="Dismiss" @click=${()=>w(this,{kind:`dismiss`})}>✕</button>
            </div>`}
        ${this.#p()} ${gt(r,u||d?[]:c)}
        <scenario-notes .state=${e}></scenario-notes>
        <request-fields
          .requests=${e.requests}
          .active=${e.active}
          .mode=${f}
          .answers=${c}
          .keys=${this.keys}
          .stale=${u}
          .problems=${l}
        ></request-fields>
        <div class="columns">
          <section aria-labelledby="policies-title">
            <h2 id="policies-title" class="hidden">Policies</h2>
            ${this.#_()} ${this.layers?.layerBar(this,t.answer?.layers??[])??_} ${this.#b(m(e,p).concat(te(e)))} ${this.#v()} ${this.#x()}
          </section>
          ${this.#m()}
        </div>
        <combination-tables .rows=${n} .mine=${t.shown?.combination?.id??``} .answered=${t.shown?.outcome} .target=${o}></combination-tables>
        ${this.#C()}
      </main>
      ${this.#S()}`}#p(){let{navigation:e,state:t}=this.#e;return e.drafts.keeping===`full`?y`<div class="notice told full" role="alert">
      <p class="trouble">This browser's storage is full: what you type is gone when the page is closed. Your older drafts are still there.</p>
      <button type="button" @click=${()=>R(t.title,s(t))}>Download this scenario</button>
      <button type="button" @click=${()=>void this.querySelector(`kept-drafts`)?.show()}>Choose drafts to forget</button>
    </div>`:_}#m(){let{state:e,judge:t,engine:n,diagnoser:r}=this.#e;return y`<answer-view
      .answer=${t.answer}
      .problems=${t.problems}
      .stale=${t.stale}
      .pending=${t.pending}
      .engine=${n}
      .trouble=${t.trouble}
      .action=${this.#f()}
      .fixes=${t.fixes}
      .fillable=${!0}
      .filling=${this.#e.filling}
      .diagnosis=${r.result}
      .diagnosing=${r.busy}
      .diagnosisTrouble=${r.trouble}
      .noFix=${t.noFix}
      .state=${e}
      .link=${()=>this.#h()}
      .chosen=${t.chosen}
      .callerAccount=${t.shown?.callerAccount??``}
      .resourceAccount=${t.shown?.resourceAccount??``}
    ></answer-view>`}async#h(){let e=await this.#e.link();return typeof e==`string`?location.href.replace(/#.*$/s,``)+e:``}#g(){let{history:e,examples:t,importing:n,judge:r,state:i}=this.#e,a=(e,t,n)=>y`<button type="button" class="link" ?disabled=${n===``} title=${n} @click=${()=>w(this,{kind:e})}>
        ${t}<span class="hidden">${n===``?``:`: ${n}`}</span>
      </button>`;return y`<header class="top">
      <h1>why403</h1>
      <p>AWS access decisions, explained. Nothing you paste leaves this page.</p>
      <div class="actions">
        ${a(`undo`,`Undo`,e.undoLabel)} ${a(`redo`,`Redo`,e.redoLabel)}
        <import-box .result=${n.result} .busy=${n.busy}></import-box>
        <scenario-gallery .examples=${t}></scenario-gallery>
        <share-box
          .fileTitle=${i.title}
          .makeLink=${()=>this.#e.link()}
          .makeFile=${()=>s(i)}
          .makeBlock=${(e,t)=>this.#e.block(e,t)}
          .answers=${r.stale||r.pending?[]:r.answers}
        ></share-box>
      </div>
    </header>`}#_(){let e=this.#s();return y`${b(this.#n.of(e),e=>e.id,e=>this.#y(e))} ${this.#n.bar(e.length)}`}#v(){let{state:e,judge:t}=this.#e,n=({folder:n,cards:r})=>y`<section class="folder" aria-label=${n.name.replace(`/`,` `)} data-folder=${n.name}>
      <folder-head .folder=${n} .problems=${t.problems.filter(e=>e.section===n.name)}></folder-head>
      ${b(r,e=>e.id,e=>this.#y(e))} ${this.#b(m(e,``,n.name))}
    </section>`,r=h(e.sections),i=ie(r);return y`${b(re(this.#r.of(i)),({folder:e})=>e.header?.id??e.name,n)} ${this.#r.bar(i.length)}
      <div class="chips world" role="group" aria-label="Entities and accounts">
        <button type="button" class="chip" @click=${()=>w(this,{kind:`entity-add`})}>+ Entity</button>
        <button type="button" class="chip" @click=${()=>w(this,{kind:`account-add`})}>+ Account</button>
        ${r.length>0?_:y`<span class="hint">For a call that asks about more than one resource: a bucket and its key, another account.</span>`}
      </div>`}#y(e){let{state:t,judge:n,plain:r}=this.#e,{problems:i,stale:a,shown:o}=n,s=O(e),c=k(e.name).folder!==``,l=t.sections.filter(e=>O(e).type===s.type).length,u=o?.said.find(e=>Se(e.type)===s.type),d=n.rowsOf(e.name),f=s.type===`resource`||s.type===`grant`||s.type===`identity`&&l===1;return y`<policy-card
      data-section=${e.name}
      .section=${e}
      .label=${Ce(e,c?d[0]?.label??``:n.resourceLabel)}
      .said=${l===1&&!c?u:void 0}
      .rows=${d}
      .problems=${i.filter(t=>t.section===e.name)}
      .stale=${a}
      .moved=${n.hasMoved(e)}
      .removable=${c||!f||h(t.sections).length>0}
      .plain=${r}
      .service=${o?.service??``}
    ></policy-card>`}#b(e){return e.length===0?_:y`<div class="chips">
      ${e.map(e=>y`<button type="button" class="chip" @click=${()=>w(this,{kind:`section-add`,section:e})}>+ ${e.text}</button>`)}
    </div>`}#x(){let{plain:e}=this.#e;return y`<p class="hint editor-choice">
      <label><input type="checkbox" .checked=${e} @change=${e=>w(this,{kind:`plain-editor`,plain:e.target.checked})} /> Plain text boxes</label>
      <span>${this.listVersion}</span>
    </p>`}#S(){let{navigation:e}=this.#e;return y`<footer>
      <p>The engine runs in this page. No account, no tracking, no request to AWS. It explains policies; it can't see the parts you did not paste. <a href="licenses.txt">Licences</a></p>
      <kept-drafts .drafts=${()=>e.drafts.list()} .keeping=${e.drafts.keeping}></kept-drafts>
    </footer>`}#C(){let{answer:e,stale:t}=this.#e.judge;if(!e)return _;let n=C(e.outcome);return y`<a class="pin ${n.tone}" href="#answer"
      ><b>${n.glyph} ${n.word}</b>${t?y` <i>stale</i>`:_}<span>${e.verdict}</span></a
    >`}};customElements.define(`why403-app`,yt);