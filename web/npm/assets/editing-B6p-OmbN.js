const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["./editor-D2RSMzDe.js","./sections-BJsCIxKJ.js","./lit-BV0AduLa.js","./contract-CkNkI011.js","./engine-client-Bqp3uFmD.js","./judge-C1RR618x.js","./preload-helper-BQUUbbNx.js","./catalogue-texts-DZIU-OGZ.js"])))=>i.map(i=>d[i]);
import{A as e,D as t,E as n,O as r,S as i,T as a,_ as o,b as s,c,h as l,l as ee,m as u,p as d,u as te,w as f,x as ne,y as re}from"./judge-C1RR618x.js";import{a as p,n as m,s as h,t as ie}from"./lit-BV0AduLa.js";import{d as ae,g,h as _,m as v}from"./engine-client-Bqp3uFmD.js";import{a as y,c as b,i as x,o as oe,r as se,s as S,t as C,u as ce}from"./sections-BJsCIxKJ.js";import{n as w,t as le}from"./contract-CkNkI011.js";import{t as T}from"./preload-helper-BQUUbbNx.js";import{n as ue,t as de}from"./catalogue-texts-DZIU-OGZ.js";var fe=[{key:`principal`,required:!0,several:!1,service:``,values:[],any:!1},{key:`role`,required:!1,several:!1,service:``,values:[],any:!1},{key:`federated-by`,required:!1,several:!1,service:``,values:[],any:!1},{key:`action`,required:!0,several:!1,service:``,values:[],any:!1},{key:`resource`,required:!0,several:!0,service:``,values:[],any:!1},{key:`resource-account`,required:!1,several:!1,service:``,values:[],any:!1},{key:`management-account`,required:!1,several:!1,service:``,values:[],any:!1},{key:`delegated-administrator`,required:!1,several:!1,service:``,values:[],any:!1},{key:`endpoint-type`,required:!1,several:!1,service:``,values:[`interface`,`gateway`],any:!1},{key:`key-manager`,required:!1,several:!1,service:`kms`,values:[`customer`,`aws`],any:!1},{key:`object-ownership`,required:!1,several:!1,service:`s3`,values:[`BucketOwnerEnforced`,`BucketOwnerPreferred`,`ObjectWriter`],any:!1},{key:`object-owner`,required:!1,several:!1,service:`s3`,values:[],any:!1},{key:`block-public-access`,required:!1,several:!1,service:`s3`,values:[`BlockPublicAcls`,`IgnorePublicAcls`,`BlockPublicPolicy`,`RestrictPublicBuckets`],any:!0},{key:`encrypted-with`,required:!1,several:!1,service:``,values:[],any:!1},{key:`bucket-key`,required:!1,several:!1,service:`s3`,values:[`true`,`false`],any:!1},{key:`requester-pays`,required:!1,several:!1,service:`s3`,values:[`true`,`false`],any:!1},{key:`request-payer`,required:!1,several:!1,service:`s3`,values:[`requester`],any:!1},{key:`unknown`,required:!1,several:!0,service:``,values:[],any:!1},{key:`none`,required:!1,several:!0,service:``,values:[],any:!1}],pe=[{key:`arn`,required:!0,several:!1,service:``,values:[],any:!1},{key:`account`,required:!1,several:!1,service:``,values:[],any:!1},{key:`alias`,required:!1,several:!0,service:`kms`,values:[],any:!1},{key:`key-manager`,required:!1,several:!1,service:`kms`,values:[`customer`,`aws`],any:!1},{key:`encrypted-with`,required:!1,several:!1,service:``,values:[],any:!1},{key:`bucket-key`,required:!1,several:!1,service:`s3`,values:[`true`,`false`],any:!1},{key:`requester-pays`,required:!1,several:!1,service:`s3`,values:[`true`,`false`],any:!1},{key:`replicates-to`,required:!1,several:!1,service:``,values:[],any:!1},{key:`object-ownership`,required:!1,several:!1,service:`s3`,values:[`BucketOwnerEnforced`,`BucketOwnerPreferred`,`ObjectWriter`],any:!1},{key:`object-owner`,required:!1,several:!1,service:`s3`,values:[],any:!1},{key:`block-public-access`,required:!1,several:!1,service:`s3`,values:[`BlockPublicAcls`,`IgnorePublicAcls`,`BlockPublicPolicy`,`RestrictPublicBuckets`],any:!0},{key:`endpoint-type`,required:!1,several:!1,service:`ec2`,values:[`interface`,`gateway`],any:!1},{key:`unknown`,required:!1,several:!0,service:``,values:[],any:!1}],me=[{key:`organization`,required:!1,several:!1,service:``,values:[],any:!1},{key:`management-account`,required:!1,several:!1,service:``,values:[],any:!1},{key:`delegated-administrator`,required:!1,several:!1,service:``,values:[],any:!1},{key:`unknown`,required:!1,several:!0,service:``,values:[],any:!1}],he=fe,ge={"entity/":pe,"account/":me};function E(e){return Object.entries(ge).find(([t])=>e.startsWith(t))?.[1]??[]}function D(e){return e.split(`
`).flatMap((e,t)=>{if(e.trim()===``)return[];let[,n=e,r=``]=/^(.*?):(?: +(.*)|\s*)$/.exec(e)??[];return[{at:t,key:n.trim(),value:r.trimEnd()}]})}function O(e,t){return t===``?`${e}:`:`${e}: ${t}`}function _e(e,t,n,r){return e.split(`
`).with(t,O(n,r)).join(`
`)}function ve(e,t,n){return[e.replace(/\n+$/,``),O(t,n)].filter(e=>e!==``).join(`
`)}function ye(e,t){return e.split(`
`).toSpliced(t,1).join(`
`)}var k=[`true`,`false`],A={"object-ownership":`Object Ownership`,"block-public-access":`Block Public Access`},j=he.filter(({key:e})=>!re.some(t=>t===e)).map(e=>({key:e.key,any:e.any,...A[e.key]===void 0?{}:{chip:A[e.key]},...e.service===``?{}:{service:e.service},...e.values.length===0?{}:{values:e.values}})),M=[{key:`kms:EncryptionContext:NAME`,service:`kms`},{key:`kms:GrantIsForAWSResource`,service:`kms`,hints:k},{key:`kms:RequestAlias`,service:`kms`},{key:`kms:ViaService`,service:`kms`},{key:`aws:AssumedRoot`,hints:k},{key:`aws:MultiFactorAuthPresent`,hints:k},{key:`aws:PrincipalIsAWSService`,hints:k},{key:`aws:PrincipalOrgID`},{key:`aws:PrincipalTag/NAME`},{key:`aws:RequestTag/NAME`},{key:`aws:RequestedRegion`},{key:`aws:ResourceTag/NAME`},{key:`aws:SecureTransport`,hints:k},{key:`aws:SourceAccount`},{key:`aws:SourceArn`},{key:`aws:SourceIp`},{key:`aws:SourceVpce`},{key:`aws:TagKeys`},{key:`aws:ViaAWSService`,hints:k}];function be(e){let t=e.toLowerCase();return j.find(({key:t})=>t===e)??M.find(({key:e})=>e.toLowerCase()===t)}function xe(e){return e.includes(`:`)}function N(e){let[t,n]=(f(e,`action`)?.value??``).trim().toLowerCase().split(`:`);return n===void 0?``:t??``}function Se(e){return t=>t.service===void 0||e===``||t.service===e}function Ce(e,t){let n=t=>t.filter(Se(e)).map(({key:e})=>e);return[...new Set([...n(j),...t.map(e=>e.replace(`*`,`NAME`)),...n(M)])]}function we(e){return j.filter(t=>t.chip!==void 0&&t.service===e)}var P=`known-keys`;function F(e){return e.target.value}function Te(e,t,n,r,i){let{id:a,key:o}=t,s=n(a),c=(t,n)=>v(e,{kind:`line-edit`,id:a,key:t,value:n});return h`<div class="line">
    ${I(t,s,c)}${L(t,s,c)}<span class="line-tools">
      ${xe(o)?h`<button type="button" class="quiet" aria-label="Add a value to ${o}" @click=${()=>r(o)}>+ value</button>`:p}
      <button type="button" class="quiet remove" aria-label="Remove ${o||`this row`}" @click=${i}>✕</button>
    </span>
  </div>`}function I({id:e,key:t,value:n},r,i){return h`<input
      class="code key"
      aria-label="Key"
      placeholder="key"
      list=${P}
      data-line=${e}
      autocomplete="off"
      spellcheck="false"
      autocapitalize="off"
      aria-invalid=${r===``?p:`true`}
      aria-describedby=${r===``?p:r}
      .value=${m(t)}
      @input=${e=>i(F(e),n)}
    />`}function L(e,t,n){let r=be(e.key),i=e.value.split(/[\s,]+/).filter(e=>e!==``);return r?.values&&!r.any?De(e,r.values,n):r?.values&&i.every(e=>r.values?.includes(e))?Oe(e,r.values,i,n):Ee(e,r,t,n)}function Ee({id:e,key:t,value:n},r,i,a){let o=r?.hints?`hints-${e}`:void 0;return h`<input
      class="code value"
      aria-label=${t===``?`Value`:`Value of ${t}`}
      placeholder="(empty)"
      list=${o??p}
      autocomplete="off"
      spellcheck="false"
      autocapitalize="off"
      aria-invalid=${i===``?p:`true`}
      aria-describedby=${i===``?p:i}
      .value=${m(n)}
      @input=${e=>a(t,F(e))}
    />${o?h`<datalist id=${o}>${r?.hints?.map(e=>h`<option value=${e}></option>`)}</datalist>`:p}`}function De({key:e,value:t},n,r){let i=n.includes(t)?n:[t,...n];return h`<select
    class="code value"
    aria-label="Value of ${e}"
    .value=${m(t)}
    @change=${t=>r(e,F(t))}
  >
    ${i.map(e=>h`<option value=${e} ?selected=${e===t}>${e||`(empty)`}</option>`)}
  </select>`}function Oe({key:e},t,n,r){let i=e=>t.filter(t=>n.includes(t)!==(t===e)).join(` `);return h`<fieldset class="value any">
    <legend class="hidden">Value of ${e}</legend>
    ${t.map(t=>h`<label
        ><input
          type="checkbox"
          .checked=${m(n.includes(t))}
          @change=${()=>r(e,i(t))}
        /><code>${t}</code></label
      >`)}
  </fieldset>`}var R=[`resource`,`identity`,`grant`,`boundary`,`session`,`scopedown`,`scp`,`rcp`,`endpoint`,`put`,`acl`,`header`,``,`error`];function z(e){return e.map(e=>({section:e,rank:R.indexOf(y(e).type),level:S(e)?.number??0})).sort((e,t)=>e.rank-t.rank||e.level-t.level).map(({section:e})=>e)}function ke(e){let t=new Map;for(let n of e){let{folder:e,rest:r}=b(n.name);if(e===``)continue;let i=t.get(e)??{header:void 0,sections:[]};t.set(e,i),r===``?i.header??=n:i.sections.push(n)}let n=e=>ce.findIndex(({prefix:t})=>e.startsWith(t));return[...t].map(([e,t])=>({name:e,...t})).sort((e,t)=>n(e.name)-n(t.name))}function Ae(e){return e.flatMap(e=>[{folder:e,section:void 0},...z(e.sections).map(t=>({folder:e,section:t}))])}function je(e){let t=new Map;for(let{folder:n,section:r}of e){let e=t.get(n)??[];t.set(n,e),r&&e.push(r)}return[...t].map(([e,t])=>({folder:e,cards:t}))}function Me(e,t){let n=y(e).service;return e.text.trim()===``&&t!==``&&n!==`iam`&&n!==``&&n!==t}function B(e){if(/^[\w.-]+\.amazonaws\.com$/.test(e))return`iam`;let t=e.startsWith(`arn:`)?e.split(`:`)[2]??``:``;return t===`sts`?`iam`:t}function Ne(e,t,n=``){let r=D(e.sections.find(({name:e})=>e===n)?.text??``).find(({key:e})=>e===`arn`)?.value??``,i=n===``?t:B(r),a=t=>e.sections.some(e=>b(e.name).folder===n&&y(e)===t),o=oe(n),s=e=>e.service===``||i===``||e.service===i||e.service===`iam`&&n===``,c=e=>!e.many&&o.some(t=>t.many&&t.label===e.label);return o.filter(e=>(e.many||!a(e))&&s(e)&&!c(e)).sort((e,t)=>R.indexOf(e.type)-R.indexOf(t.type)).flatMap(e=>{let t={kind:e,folder:n,text:e.label};if(!e.levels)return[t];let r={...t,level:`last`};return a(e)?[r,{...t,level:`new`,text:`${e.label} level`}]:[r]})}function Pe(e){return e.sections.some(e=>y(e)===C)?[]:[{kind:C,folder:``,text:C.label}]}function V(e,t,n){let r=new Set(e.sections.filter(e=>e.id!==n).map(e=>e.name));if(!r.has(t))return t;let i=t.replace(/\.json$/,``);for(let e=2;;e++)if(!r.has(`${i}-${e}.json`))return`${i}-${e}.json`}function H(e,t,n){return e.sections.filter(e=>b(e.name).folder===n&&y(e)===t).map(S).filter(e=>e!==void 0).sort((e,t)=>e.number-t.number)}function Fe(e,{kind:t,folder:n,level:r}){let i=H(e,t,n),a=i.at(-1);if(a&&r===`last`)return`${a.number}-${a.name}`;let o=[`root`,`ou`,`account`].find(e=>!i.some(t=>t.name===e))??`level`;return`${(a?.number??0)+1}-${o}`}function Ie(e,t){let{kind:n,folder:r}=t,i=n.levels?`${Fe(e,t)}/`:``;return V(e,`${r===``?``:`${r}/`}${n.prefix}${i}${n.fresh}`)}function Le(e,t,n){let{folder:r,rest:i}=b(t.name),a=t.name.slice(0,t.name.length-i.length+i.indexOf(`/`)+1),o=S(t),s=n.trim().replace(/\s+/g,`-`).replace(/\.json$/,``),c=o?s.lastIndexOf(`/`):-1,l=s.slice(c+1).replace(/\/+/g,`-`);return l===``?t.name:V(e,`${a}${o?`${Re(H(e,y(t),r),o,s.slice(0,Math.max(c,0)))}/`:``}${l}.json`,t.id)}function Re(e,t,n){let[,r,i]=/^0*([1-9]\d*)?-?(.*)$/.exec(n.replace(/\/+/g,`-`))??[],a=r===void 0?e.find(e=>e.name===i):e.find(e=>e.number===Number(r)),o=r??a?.number??t.number;return`${o}-${i||a?.name||(Number(o)===t.number?t.name:`level`)}`}var U=`tag/NAME`,ze=50,Be=class extends _{static properties={folder:{attribute:!1},problems:{attribute:!1,hasChanged:g},adding:{state:!0}};#e=new r(ze,`lines`,()=>this.requestUpdate());#t;constructor(){super(),this.problems=[],this.adding=!1}async showLine(e){this.#e.show(D(this.#n).findIndex(({at:t})=>t===e-1))&&await this.updateComplete;let t=this.querySelector(`[data-line="${e-1}"] :is(.value, .value input)`)??this.querySelector(`.name`);t?.focus(),t?.scrollIntoView({block:`nearest`})}begin(){let e=this.querySelector(`.name`);e?.focus(),e?.select()}updated(e){e.has(`folder`)&&(this.#t?.()?.focus(),this.#t=void 0)}get#n(){return this.folder.header?.text??``}get#r(){return this.folder.name.startsWith(`account/`)?`Account`:`Entity`}get#i(){return`folder-${this.folder.name.replace(/[^\w-]/g,`_`)}`}render(){let e=x(this.folder.name),n=D(this.#n);return h`<div class="head">
        <h3>${this.#r}</h3>
        ${this.#a(e)}
        <div class="tools">
          <button type="button" @click=${()=>v(this,{kind:`folder-remove`,folder:this.folder.name})}>Remove<span class="hidden"> ${this.#r} ${e} and its policies</span></button>
        </div>
      </div>
      ${n.length===0?p:h`<div class="lines">${this.#e.of(n).map(e=>this.#o(e))} ${this.#e.bar(n.length)}</div>`}
      ${t(this,this.problems,{id:this.#i})} ${this.#s(n)}`}#a(e){return h`<input
      class="name"
      aria-label=${this.#r===`Account`?`Account ID`:`Name of this entity`}
      autocomplete="off"
      spellcheck="false"
      size=${Math.max(12,Math.min(24,e.length+1))}
      .value=${m(e)}
      @change=${e=>{let t=e.target;v(this,{kind:`folder-rename`,folder:this.folder.name,name:t.value}),this.requestUpdate()}}
    />`}#o({at:e,key:t,value:n}){let r=this.problems.some(t=>w(t)&&t.line===e+1)?this.#i:``,i=E(this.folder.name).some(e=>e.key===t),a={id:e,key:t,value:n},o=(t,n)=>v(this,{kind:`header-text`,section:this.folder.name,text:_e(this.#n,e,t,n)});return h`<div class="line" data-line=${e}>
      ${i?h`<span class="code key" aria-hidden="true">${t}</span>`:I(a,r,o)}${L(a,r,o)}<span class="line-tools">
        ${t===`arn`?p:h`<button type="button" class="quiet remove" aria-label="Remove ${t}" @click=${()=>this.#l(ye(this.#n,e),`remove ${t}`)}>✕</button>`}
      </span>
    </div>`}#s(e){let t=this.#r===`Entity`,n=B(e.find(({key:e})=>e===`arn`)?.value??``),r=t=>(t.several||!e.some(({key:e})=>e===t.key))&&(t.service===``||n===``||t.service===n),i=({key:e,values:t,any:n})=>this.#c(e,n?``:t[0]??``),a=h`${E(this.folder.name).filter(r).map(e=>h`<button type="button" class="chip" @click=${()=>i(e)}>${e.key}</button>`)}
    ${t?h`<button type="button" class="chip" @click=${()=>this.#c(U,``)}>tag</button>`:p}`;return h`<div class="chips" role="group" aria-label="Facts">
      <button type="button" class="chip" aria-expanded=${this.adding} @click=${()=>this.adding=!this.adding}>${this.adding?`− Fact`:`+ Fact`}</button>
      ${this.adding?a:p}
    </div>`}#c(e,t){this.#t=()=>[...this.querySelectorAll(e===U?`input.key`:`:is(.value, .value input)`)].at(-1),this.adding=!1,this.#l(ve(this.#n,e,t),`add ${e}`)}#l(e,t){v(this,{kind:`header-step`,section:this.folder.name,text:e,label:t})}};customElements.define(`folder-head`,Be);var Ve={L:`List`,R:`Read`,W:`Write`,T:`Tagging`,P:`Permissions management`},He={s:`String`,a:`ARN`,b:`Bool`,n:`Numeric`,d:`Date`,i:`IPAddress`},W=e=>e.replace(/\$\{[^}]*\}/g,`*`),Ue=e=>`${He[e.toLowerCase()]??``}${e===e.toLowerCase()?``:`, several`}`;function We(e){let t={actions:{},operations:{},keys:{}},n=[],r=[],i=[],a=e=>e===void 0?[]:r[Number(e)]??[],o=e=>{let[t=``,n]=e.split(`/`);return[...a(n),...i[Number.parseInt(t,10)]??[]]},s={k:([e=``,r=``])=>{n.push(W(r)),t.keys[W(r)]=Ue(e)},g:e=>r.push(e.map(e=>n[Number(e)]??``)),t:([e])=>i.push(a(e)),a:([e=``,n=``,r,...i])=>{let s=i.filter(e=>!e.includes(`:`));t.actions[n]={level:Ve[e[0]??``]??``,keys:[...new Set([...a(r),...s.flatMap(o)])].sort()}},o:([e=``,...n])=>{t.operations[e]=n.filter(e=>!e.endsWith(`?`))}};for(let t of e.split(`
`).slice(1)){let[e=``,...n]=t.split(` `);s[e]?.(n)}return t}var G;async function Ge(){let[e,t]=await Promise.all([de(document.baseURI),ue(document.baseURI,`aws`)]);if(e===void 0||t===void 0)return;let[n=``,...r]=e;return G??={version:n.split(` `)[0]??``,prefixes:r,globalKeys:We(t).keys,services:{}},G}async function K(e){let t=await Ge();if(!t)return;let n=[...new Set([...e].map(e=>e.toLowerCase()))].filter(e=>t.prefixes.includes(e));return await Promise.all(n.map(async e=>{if(Object.hasOwn(t.services,e))return;let n=await ue(document.baseURI,e);n!==void 0&&(t.services[e]=We(n))})),t}function q(e){return[...e.matchAll(/"([\w-]+):/g)].map(([,e=``])=>e)}function Ke(e,t){let n=t.toLowerCase();return Object.hasOwn(e.services,n)?e.services[n]:void 0}async function qe(e){let[t=``,n=``]=e.toLowerCase().split(`:`),r=await K([t]);if(!r)return[];let i=Object.entries(Ke(r,t)?.actions??{}).find(([e])=>e.toLowerCase()===n)?.[1].keys??[];return[...new Set([...i,...Object.keys(r.globalKeys)])]}async function Je(){let e=await K([]),t=/(\d{4})(\d{2})(\d{2})\d$/.exec(e?.version??``);return e&&t?`Action list: iam-data ${e.version}, of ${t.slice(1).join(`-`)}`:``}var Ye;function Xe(){return Ye??=T(()=>import(`./editor-D2RSMzDe.js`),__vite__mapDeps([0,1,2,3,4,5,6,7]),import.meta.url).catch(()=>void 0),Ye}function Ze(){return customElements.whenDefined(`policy-editor`).then(()=>T(()=>import(`./editor-D2RSMzDe.js`),__vite__mapDeps([0,1,2,3,4,5,6,7]),import.meta.url))}var Qe=600,$e=class{found=[];#e;#t;#n;constructor(e){this.#n=e}look(e){if(e.text===this.#e)return;let t=this.#e===void 0;this.#e=e.text,clearTimeout(this.#t),this.#t=setTimeout(()=>void this.#r(e),t?0:Qe)}async#r(e){let{hintsOf:t}=await Ze(),n=await K(q(e.text));if(!n||e.text!==this.#e)return;let r=t(e,n);(r.length!==0||this.found.length!==0)&&(this.found=r,this.#n())}},et=5e3,tt=`600px`,nt=class extends _{static properties={section:{attribute:!1},label:{attribute:!1},said:{attribute:!1},rows:{attribute:!1,hasChanged:g},problems:{attribute:!1,hasChanged:g},stale:{attribute:!1},moved:{attribute:!1},removable:{attribute:!1},plain:{attribute:!1},service:{attribute:!1},near:{state:!0},asked:{state:!0}};#e=new $e(()=>this.requestUpdate());#t;#n=!1;constructor(){super(),this.near=!1,this.asked=!1}connectedCallback(){super.connectedCallback(),this.near||this.#r(),customElements.whenDefined(`policy-editor`).then(()=>this.requestUpdate())}async edit(){this.near=!0,await this.updateComplete,this.querySelector(`policy-editor, textarea`)?.focus()}#r(){let e=new IntersectionObserver(e=>e.some(e=>e.isIntersecting)&&t(),{rootMargin:tt}),t=()=>{e.disconnect(),this.near=!0};e.observe(this),addEventListener(`beforeprint`,t,{once:!0})}async showRange(e,t){this.near=!0,await this.updateComplete;let n=this.querySelector(`policy-editor`);if(n)return void n.showRange(e,t);let r=this.querySelector(`textarea`);if(!r)return;r.focus({preventScroll:!0}),r.setSelectionRange(e,Math.max(t,e));let i=this.section.text.slice(0,e).split(`
`).length-1,a=this.querySelectorAll(`.backdrop > span`)[i];a?a.scrollIntoView({block:`center`}):r.scrollIntoView({block:`nearest`})}get#i(){return this.near&&!this.plain&&!this.#a&&!this.#n&&customElements.get(`policy-editor`)!==void 0}get#a(){return y(this.section).type===`error`}willUpdate(){this.near&&this.#e.look(this.section);let e=this.querySelector(`textarea`);this.#t=e&&e===document.activeElement&&this.#i?{start:e.selectionStart,end:e.selectionEnd,scrolled:e.parentElement?.scrollTop??0}:void 0}updated(){this.#t&&this.querySelector(`policy-editor`)?.takeOver(this.#t)}render(){let{id:e}=this.section,{label:n}=this,r=se(this.section),i=`problems-${e}`,a=this.problems.some(w);return h`<section class="card policy ${a?`broken`:``}" aria-labelledby="title-${e}">
      <div class="head">
        <h3 id="title-${e}">${n}<span class="hidden"> ${r}${this.#o}</span></h3>
        ${r===``?p:this.#s(r,n)} ${this.#c()}
        <div class="tools">
          ${this.#a?p:h`<button type="button" ?disabled=${!d(this.section)} @click=${()=>v(this,{kind:`section-format`,id:e})}>
                Format<span class="hidden"> ${n} ${r}</span>
              </button>`}
          ${this.removable?h`<button type="button" @click=${()=>v(this,{kind:`section-remove`,id:e})}>
                Remove<span class="hidden"> ${n} ${r}</span>
              </button>`:p}
        </div>
      </div>
      ${this.#i?this.#l(n,r):this.#u?this.#d():this.#f(n,r,i)}
      ${t(this,this.problems,{id:i,hints:this.#e.found})}
    </section>`}get#o(){let{folder:e}=b(this.section.name);return e===``?``:` of ${x(e)}`}#s(e,t){return h`<input
      class="name"
      aria-label="Name of this ${t}"
      autocomplete="off"
      spellcheck="false"
      size=${Math.max(6,Math.min(24,e.length+1))}
      .value=${m(e)}
      @change=${e=>{let t=e.target;v(this,{kind:`section-rename`,id:this.section.id,name:t.value}),this.requestUpdate()}}
    />`}#c(){let e=this.problems.filter(w).length;if(e>0)return h`<span class="status"><b class="deny">! ${e===1?`1 problem`:`${e} problems`}</b></span>`;if(!d(this.section))return h`<span class="status">${this.said?.said===`not known`?h`<b class="unsure">? not known</b>`:`none`}</span>`;if(!this.said&&this.rows.length===0)return h`<span class="status"></span>`;let t=this.rows.filter(e=>e.matched).length,n=this.rows.filter(e=>e.open).length,r=y(this.section).type===`grant`?`grant`:`statement`,i=this.rows.length===0?``:`${t} of ${this.rows.length} ${r}${this.rows.length===1?``:`s`} matched${n===0?``:`, ${n} not known`}`,a=this.said?ae(this.said.said):void 0;return h`<span class="status ${this.stale?`old`:``}">
      ${this.said&&a?h`<b class=${a.tone}>${a.glyph} ${this.said.said===`not known`?`others not known`:this.said.said}</b>`:p}
      ${i===``?p:h`<span>${i}</span>`}
    </span>`}#l(e,t){return h`<policy-editor
      .section=${this.section}
      .label="${e} ${t} (JSON)"
      .hintText=${this.#m()}
      .rows=${this.rows}
      .problems=${this.problems}
      .hints=${this.#e.found}
      .stale=${this.stale}
      .moved=${this.moved}
      .service=${this.service}
    ></policy-editor>`}get#u(){return!this.asked&&c(this.section.text,et)}#d(){return h`<p class="hint long">
      This text has more than ${et.toLocaleString(`en`)} lines.
      <button type="button" @click=${()=>this.asked=!0}>Show it in a plain text box</button>
    </p>`}#f(e,t,n){let{text:r}=this.section,i=this.near&&ee(r),a=i?te(r,this.stale&&this.moved?[]:this.rows,this.problems):[];return h`<div class="editor ${i?``:`plain`}">
      ${i?h`<div class="backdrop" aria-hidden="true">${a.map(e=>h`<span class=${e.marks}>${e.pieces.map(e=>e.marks===``?e.text:h`<i class=${e.marks}>${e.text}</i>`)}</span>`)}</div>`:p}
      <textarea
        aria-label=${this.#a?e:`${e} ${t} (JSON)`}
        aria-describedby=${this.problems.length>0?n:p}
        aria-invalid=${this.problems.some(w)?`true`:p}
        placeholder=${this.#m()}
        spellcheck="false"
        autocomplete="off"
        autocapitalize="off"
        .value=${m(r)}
        @compositionstart=${()=>this.#p(!0)}
        @compositionend=${()=>this.#p(!1)}
        @input=${e=>v(this,{kind:`section-text`,id:this.section.id,text:e.target.value})}
      ></textarea>
    </div>`}#p(e){this.#n=e,e||this.requestUpdate()}#m(){switch(y(this.section).type){case`error`:return`Paste the error as AWS printed it`;case`grant`:return`Paste what aws kms list-grants prints`;case`resource`:return`Paste the ${this.label.toLowerCase()}`;default:return`Paste the policy`}}};customElements.define(`policy-card`,nt);function rt(e,t,n,r){let i=ne(t);return h`<span class="expected">
    <select aria-label=${t.name===``?`Expected outcome`:`Expected outcome of ${t.name}`} .value=${m(i)} @change=${t=>v(e,{kind:`request-expect`,index:n,outcome:t.target.value})}>
      <option value="">—</option>
      ${le.map(e=>h`<option value=${e} ?selected=${e===i}>${e}</option>`)}
    </select>
    ${i===``||!r?p:it(r.outcome,i)}
  </span>`}function it(e,t){return e===`depends`&&t!==`depends`?h`<span class="unsure">? not known</span>`:e===t?h`<span class="met">✓ met</span>`:h`<b class="tag unmet">✕ not met</b>`}var at=[[`Role session`,`arn:aws:sts::111122223333:assumed-role/ROLE/SESSION`],[`Any session of a role`,`arn:aws:iam::111122223333:role/ROLE`],[`IAM user`,`arn:aws:iam::111122223333:user/NAME`],[`Federated user session`,`arn:aws:sts::111122223333:federated-user/NAME`],[`Root user of an account`,`arn:aws:iam::111122223333:root`],[`AWS service`,`sns.amazonaws.com`],[`Anonymous (unsigned)`,`anonymous`]],ot=`principal-forms`;function st(){return h`<datalist id=${ot}>${at.map(([e,t])=>h`<option value=${t}>${e}</option>`)}</datalist>`}function ct(){return h`<table class="forms">
    <caption class="hidden">Principal formats</caption>
    <thead><tr><th scope="col">Who asks</th><th scope="col">Written as</th></tr></thead>
    <tbody>
      ${at.map(([e,t])=>h`<tr><th scope="row">${e}</th><td><code>${t}</code></td></tr>`)}
    </tbody>
  </table>`}function lt(e,t,n,r){let i=ht(t.requests),a=n.from(t.requests.length);return h`<div class="card requests">
    <table role="table" class=${t.stale?`old`:``}>
      <caption>Requests <span>(${t.requests.length})${t.stale?h`, answers are stale`:p}</span></caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader"><span class="hidden">Shown</span></th>
          <th scope="col" role="columnheader">Name</th>
          <th scope="col" role="columnheader">Asks</th>
          <th scope="col" role="columnheader">Outcome</th>
          <th scope="col" role="columnheader">Expected</th>
          <td role="cell"></td>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${n.of(t.requests).map((n,o)=>ut(e,t,n,a+o,i,()=>r(a+o)))}
      </tbody>
    </table>
    ${n.bar(t.requests.length)}
  </div>`}function ut(e,t,n,r,i,a){let o=n.name||`request ${r+1}`,s=t.answers.find(e=>e.request===n.name),c=r===t.active;return h`<tr role="row" class=${c?`explained`:``}>
    <td role="cell" class="pick">
      <label title="Explain this request"
        ><input
          type="radio"
          name="request"
          aria-label="Explain ${o}"
          .checked=${m(c)}
          @change=${()=>v(e,{kind:`choose-request`,index:r})}
      /></label>
    </td>
    <th scope="row" role="rowheader">${dt(e,n,r,o)}</th>
    <td role="cell" class="asks">${ft(n,i)}</td>
    <td role="cell" class="answered">${pt(t,n,s)}</td>
    <td role="cell" class="wants">${rt(e,n,r,s)}</td>
    <td role="cell" class="removal">
      <button type="button" class="quiet remove" aria-label="Remove ${o}" title="Remove" @click=${a}>✕</button>
    </td>
  </tr>`}function dt(e,t,n,r){return h`<input
    class="name"
    aria-label="Name of ${r}"
    placeholder=${r}
    autocomplete="off"
    spellcheck="false"
    .value=${m(t.name)}
    @change=${t=>{let r=t.target;v(e,{kind:`request-rename`,index:n,name:r.value})}}
  />`}function ft(e,t){let n=t=>f(e,t)?.value??``;return h`<code class="action">${n(`action`)||`–`}</code>
    <span class="who" title="${n(`principal`)} → ${n(`resource`)}"
      ><code>${t(n(`principal`))||`–`}</code> → <code>${t(n(`resource`))||`–`}</code></span
    >`}function pt(t,n,r){let i=t.problems.filter(e=>w(e)&&e.section===l(n)).length;return i>0?h`<b class="deny">! ${i===1?`1 problem`:`${i} problems`}</b>`:r?e(r.outcome):h`<span class="soft">– no answer</span>`}function mt(e){return e.startsWith(`arn:`)?e.split(`:`)[4]??``:``}function ht(e){let t=e.flatMap(e=>[f(e,`principal`),f(e,`resource`)]),n=new Set(t.map(e=>mt(e?.value??``)).filter(e=>e!==``));return e=>{let t=e.split(`:`);if(t[0]!==`arn`||t.length<6)return e;let r=n.size>1?mt(e):``;return`${r===``?``:`${r} `}${t.slice(5).join(`:`)}`}}var gt=`request-problems`,_t=50,vt=class extends _{static properties={requests:{attribute:!1},active:{attribute:!1},mode:{attribute:!1},problems:{attribute:!1,hasChanged:g},answers:{attribute:!1,hasChanged:g},keys:{attribute:!1,hasChanged:g},stale:{attribute:!1},help:{state:!0}};#e=new r(_t,`requests`,()=>this.requestUpdate());#t=new r(_t,`lines`,()=>this.requestUpdate());#n;#r=!1;constructor(){super(),this.problems=[],this.answers=[],this.keys=[],this.stale=!1,this.help=!1}async showLine(e){let t=u(this.#i,e)?.id;this.#t.show(i(this.#i).findIndex(e=>e.id===t))&&await this.updateComplete,this.querySelector(`[data-line="${t??``}"]`)?.focus()}get#i(){return this.requests[this.active]??{name:``,lines:[],want:``}}get#a(){return this.querySelector(`.line .key:focus`)?.dataset.line}get#o(){let e=l(this.#i);return this.problems.filter(t=>t.section===e)}willUpdate(e){e.has(`active`)&&this.#e.show(this.active),e.has(`requests`)&&this.#r&&this.#t.show(i(this.#i).findIndex(e=>e.id===yt(this.#i))),this.#r=!1}updated(e){e.has(`requests`)&&(this.#n?.()?.focus(),this.#n=void 0)}render(){let e=this.#o,n=this.requests.length>1;return h`<section class="request" aria-labelledby="request-title">
      <h2 id="request-title" class="hidden">Request</h2>
      ${n?lt(this,this,this.#e,e=>this.#_(e)):p}
      ${n?h`<div class="chips">${this.#g()}</div>`:p}
      <div class="ask">
        ${this.#s()} ${this.#l(`principal`,`Principal`)}
        ${this.help?h`<div class="card" id="principal-help">${ct()}</div>`:p} ${this.#l(`action`,`Action`)}
        ${this.#l(`resource`,`Resource`)} ${a(this.#i,this.#a).map((e,t)=>this.#u(e,t))}
      </div>
      ${this.#f()}
      ${e.length>0?t(this,e,{id:gt}):p}
    </section>`}#s(){let e=(e,t)=>h`<label
        ><input
          type="radio"
          name="accounts"
          value=${e}
          .checked=${m(this.mode===e)}
          @change=${()=>v(this,{kind:`switch-accounts`})}
        /><span>${t}</span></label
      >`;return h`<fieldset class="accounts">
      <legend class="label">Accounts</legend>
      <div class="segments">${e(`same-account`,`Same account`)}${e(`cross-account`,`Cross-account`)}</div>
    </fieldset>`}get#c(){let e=new Set(this.#o.filter(w).map(e=>u(this.#i,e.line)?.id));return t=>t!==void 0&&e.has(t)?gt:``}#l(e,t){let n=f(this.#i,e),r=this.#c(n?.id),i=e===`principal`;return h`<div class="field ${e}">
      <label
        ><span class="label">${t}</span>
        <input
          class="code"
          data-line=${n?.id??``}
          list=${i?ot:p}
          autocomplete="off"
          spellcheck="false"
          autocapitalize="off"
          aria-invalid=${r===``?p:`true`}
          aria-describedby=${r===``?p:r}
          .value=${m(n?.value??``)}
          @focus=${J}
          @pointerenter=${J}
          @input=${t=>v(this,{kind:`main-field`,key:e,value:t.target.value})}
      /></label>
      ${i?this.#d():p}
    </div>`}#u(e,t){let n=this.#c(e.id),r=`Resource ${t+2}`;return h`<div class="field more">
      <label
        ><span class="label">${r}</span>
        <input
          class="code"
          data-line=${e.id}
          autocomplete="off"
          spellcheck="false"
          autocapitalize="off"
          aria-invalid=${n===``?p:`true`}
          aria-describedby=${n===``?p:n}
          .value=${m(e.value)}
          @focus=${J}
          @pointerenter=${J}
          @input=${t=>v(this,{kind:`line-edit`,id:e.id,key:e.key,value:t.target.value})}
      /></label>
      <button type="button" class="quiet remove" aria-label="Remove ${r}" @click=${()=>this.#y(e.id,0)}>✕</button>
    </div>`}#d(){return h`<button
        type="button"
        class="quiet help"
        aria-label="Principal formats"
        aria-expanded=${this.help?`true`:`false`}
        aria-controls=${this.help?`principal-help`:p}
        @click=${()=>this.help=!this.help}
      >?</button>
      ${st()}`}#f(){let e=i(this.#i,this.#a),t=N(this.#i),n=we(t).filter(({key:t})=>!e.some(e=>e.key===t));return h`<div class="context" role="group" aria-label="Context keys and other lines of the request">
      ${e.length>0?this.#p(e):p}
      <div class="chips">
        <button type="button" class="chip add-key" @click=${()=>this.#v()}>+ Context key</button>
        <button type="button" class="chip" @click=${()=>this.#v(`resource`,``)}>+ Resource</button>
        ${n.map(e=>this.#m(e))} ${this.requests.length>1?p:this.#g()}
      </div>
      ${this.requests.length>1?p:this.#h()}
      <datalist id=${P}>${Ce(t,this.keys).map(e=>h`<option value=${e}></option>`)}</datalist>
    </div>`}#p(e){let t=this.#c;return h`<div class="lines">
      ${ie(this.#t.of(e),e=>e.id,(e,n)=>Te(this,e,t,e=>this.#v(e),()=>this.#y(e.id,n)))} ${this.#t.bar(e.length)}
      <p class="hint">Empty: the key is present with an empty value. Without a row the key is absent.</p>
    </div>`}#m({key:e,chip:t,any:n,values:r}){return h`<button type="button" class="chip" @click=${()=>this.#v(e,n?``:r?.[0])}>+ ${t}</button>`}#h(){return h`<div class="expects"><span class="label" aria-hidden="true">Expected</span>${rt(this,this.#i,this.active,this.answers[0])}</div>`}#g(){return h`<button type="button" class="chip add-request" @click=${()=>{this.#n=()=>[...this.querySelectorAll(`.requests .name`)].at(-1),v(this,{kind:`request-add`})}}>+ Request</button>`}#_(e){let t=e-this.#e.from(this.requests.length);this.#n=()=>{let e=this.querySelectorAll(`.requests .remove`);return e[Math.min(t,e.length-1)]??this.querySelector(`.add-request`)},v(this,{kind:`request-remove`,index:e})}#v(e=``,t=``){this.#r=!0,this.#n=()=>{let t=this.querySelector(`[data-line="${yt(this.#i)}"]`),n=t?.closest(`.line`);return n?n.querySelector(e===``?`.key`:`input.value, select, .value input`):t},v(this,{kind:`line-add`,key:e,value:t})}#y(e,t){this.#n=()=>{let e=this.querySelectorAll(`.line .remove`);return e[Math.min(t,e.length-1)]??this.querySelector(`.add-key`)},v(this,{kind:`line-remove`,id:e})}};function yt({lines:e}){return e.reduce((e,{id:t})=>Math.max(e,t),0)}function J(e){let t=e.currentTarget;t.title=t.scrollWidth>t.clientWidth?t.value:``}customElements.define(`request-fields`,vt);function Y(e,t){let n=e.requests.map((n,r)=>r===e.active?{...n,lines:t}:n);return{...e,requests:n,edited:!0}}function bt(e,t,r){let i=s(e),a=f(i,t);return a?xt(e,a.id,t,r):Y(e,[...i.lines,{id:n(),key:t,value:r}])}function xt(e,t,n,r){return Y(e,s(e).lines.map(e=>e.id===t?{id:t,key:n,value:r}:e))}function St(e,t,n=``,r=``){let{lines:i}=s(e),a=n===``?-1:i.findLastIndex(e=>e.key===n);return Y(e,i.toSpliced(a<0?i.length:a+1,0,{id:t,key:n,value:r}))}function Ct(e,t){return Y(e,s(e).lines.filter(e=>e.id!==t))}function wt(e,t){return e.filter(e=>e.key===t).flatMap(({value:e})=>e.split(/[\s,]+/).filter(e=>e!==``))}function X(e,t,r){let i=e.findIndex(e=>e.key===t),a=e.filter((e,n)=>e.key!==t||n===i);if(r.length===0)return a.filter(e=>e.key!==t);let o=r.join(` `);return i<0?[...a,{id:n(),key:t,value:o}]:a.map(e=>e.key===t?{...e,value:o}:e)}function Tt(e,t,n){let{lines:r}=s(e),i=e=>wt(r,e).filter(e=>!t.includes(e)),[a,o]=[i(`unknown`),i(`none`)];return n?o.push(...t):a.includes(`*`)||a.push(...t),Y(e,X(X(r,`unknown`,a),`none`,o))}function Et(e){let t=e.requests.map(e=>({...e,lines:X(e.lines,`unknown`,[`*`])}));return{...e,requests:t}}function Dt(e,t){let n=new Set(e.requests.map(e=>e.name)),r=t;for(let e=2;n.has(r);e++)r=`${t}-${e}`;return r}function Ot(e){let{lines:t}=s(e),r={name:Dt(e,`request`),want:``,lines:t.map(e=>({...e,id:n()}))};return{...e,requests:[...e.requests,r],active:e.requests.length,edited:!0}}function kt(e,t){if(e.requests.length<2)return e;let n=e.requests.filter((e,n)=>n!==t),r=e.active>t?e.active-1:Math.min(e.active,n.length-1);return{...e,requests:n,active:r,edited:!0}}function At(e,t,n){let r=e.requests.map((e,r)=>r===t?{...e,...n}:e);return{...e,requests:r,edited:!0}}function jt(e,t,n){let r=n.trim().replace(/[\s/]+/g,`-`),i=e.requests[t];if(!i||r===i.name)return e;let a={...i,name:Dt(e,r)},s=Q(e,l(i),l(a));return At({...e,order:Q({...e,order:s},o(i),o(a))},t,{name:a.name})}function Mt(e,t,n){return At(e,t,{want:n===``?``:`${n}\n`})}function Nt(e,t){return{...e,title:t.replace(/\s*\n\s*/g,` `),edited:!0}}function Pt(e,t){return{...e,notes:t,edited:!0}}function Ft(e,t,r){let i=e.sections.find(e=>e.name===t);return i?Z(e,i.id,r):{...e,sections:[...e.sections,{id:n(),name:t,text:r}],edited:!0}}function Z(e,t,n){let r=e.sections.map(e=>e.id===t?{...e,text:n}:e);return{...e,sections:r,edited:!0}}function It(e,t,n){let r=e.sections.find(e=>e.id===t),i=r?Le(e,r,n):void 0;if(i===void 0||i===r?.name)return e;let a=e.sections.map(e=>e.id===t?{...e,name:i}:e);return{...e,sections:a,order:Q(e,r?.name??``,i),edited:!0}}function Lt(e,t,n){return{...e,sections:[...e.sections,{id:n,name:Ie(e,t),text:``}],edited:!0}}function Q(e,t,n){let r=e.order.indexOf(t);return r<0?e.order:e.order.with(r,n)}function $(e,t){let n=new Set(e.sections.map(({name:e})=>b(e).folder)),r=t;for(let e=2;n.has(r);e++)r=`${t}-${e}`;return r}function Rt(e,t){let n={id:t,name:$(e,`entity/new`),text:`arn:`};return{...e,sections:[...e.sections,n],edited:!0}}function zt(e,t){let n=[...e.requests.flatMap(e=>e.lines.map(({value:e})=>e)),...e.sections.map(({text:e})=>e)].join(`
`).match(/(?<![\w-])\d{12}(?![\w-])/g)??[],r=new Set(e.sections.map(({name:e})=>b(e).folder)),i=n.find(e=>!r.has(`account/${e}`))??`111122223333`;return{...e,sections:[...e.sections,{id:t,name:$(e,`account/${i}`),text:``}],edited:!0}}function Bt(e,t,n){let r=n.trim().replace(/[\s/]+/g,`-`);if(r===``||r===x(t))return e;let i=$(e,t.slice(0,t.indexOf(`/`)+1)+r),a=e=>b(e).folder===t?i+e.slice(t.length):e,o=e.sections.map(e=>({...e,name:a(e.name)}));return{...e,sections:o,order:e.order.map(a),edited:!0}}function Vt(e,t){return{...e,sections:e.sections.filter(({name:e})=>b(e).folder!==t),edited:!0}}function Ht(e,t){return{...e,sections:e.sections.filter(e=>e.id!==t),edited:!0}}function Ut(e,t){let r=e=>({state:e,step:``}),i=(e,t)=>({state:t,step:e});switch(t.kind){case`main-field`:return r(bt(e,t.key,t.value));case`line-edit`:return r(xt(e,t.id,t.key,t.value));case`section-text`:return r(Z(e,t.id,t.text));case`title`:return r(Nt(e,t.title));case`notes`:return r(Pt(e,t.notes));case`request-add`:return i(`add a request`,Ot(e));case`request-remove`:return i(`remove a request`,kt(e,t.index));case`request-rename`:return i(`rename a request`,jt(e,t.index,t.name));case`request-expect`:return i(`set the expected outcome`,Mt(e,t.index,t.outcome));case`line-add`:return i(`add a context key`,St(e,n(),t.key,t.value));case`layers`:return i(t.known?`set what there is none of`:`set what is not known`,Tt(e,t.names,t.known));case`line-remove`:return i(`remove a context key`,Ct(e,t.id));case`section-add`:return i(`add ${t.section.text}`,Lt(e,t.section,n()));case`section-remove`:return i(`remove a policy`,Ht(e,t.id));case`section-rename`:return i(`rename a policy`,It(e,t.id,t.name));case`entity-add`:return i(`add an entity`,Rt(e,n()));case`account-add`:return i(`add an account`,zt(e,n()));case`folder-rename`:return i(`rename ${t.folder}`,Bt(e,t.folder,t.name));case`folder-remove`:return i(`remove ${t.folder}`,Vt(e,t.folder));case`header-text`:return r(Ft(e,t.section,t.text));case`header-step`:return i(t.label,Ft(e,t.section,t.text));default:return}}async function Wt(e,t,n){let r=Ut(e.state,t);if(r)return r.step===``?e.typed(r.state):e.step(r.step,r.state),!0;switch(t.kind){case`section-format`:return await(await n()).format(e,t.id),!0;case`switch-accounts`:return await(await n()).switchAccounts(e),!0;case`apply-fix`:return await(await n()).applyFix(e,t.fix),!0;default:return!1}}export{Pe as _,Xe as a,K as c,je as d,Ae as f,Ne as g,Me as h,Z as i,q as l,z as m,Et as n,Je as o,ke as p,Tt as r,qe as s,Wt as t,Ke as u,N as v};