import{s as e}from"./lit-BV0AduLa.js";import{h as t}from"./engine-client-Bqp3uFmD.js";var n=class extends t{static properties={fields:{attribute:!1}};render(){return e`<fieldset class="choices">
      <legend>Fill in what the text leaves open <span class="soft">${this.fields.length}</span></legend>
      <div class="choice-rows">
        ${this.fields.map(({name:t,value:n})=>e`<label
            ><span><code>${t}</code></span>
            <input
              autocomplete="off"
              spellcheck="false"
              .value=${n}
              @change=${e=>this.dispatchEvent(new CustomEvent(`fill`,{detail:{name:t,value:e.target.value.trim()}}))}
          /></label>`)}
      </div>
    </fieldset>`}};customElements.define(`field-list`,n);export{n as FieldList};