package main

import (
	"why403/engine/combine"
	"why403/engine/kms"
	"why403/wasm/bridge"
)

// combinations decides the KMS access combinations.
func combinations(w *bridge.Writer, _ string) {
	t := kms.Table()
	rows := t.Rows()
	w.Object(func() {
		w.List("rows", len(rows), func(i int) { row(w, t, &rows[i]) })
	})
}

func row(w *bridge.Writer, t *combine.Table, r *combine.Row) {
	w.Object(func() {
		w.String("id", r.ID())
		w.String("mode", string(r.Mode))
		for i, label := range t.Labels(r.Case) {
			w.String(t.Parts[i].Name, string(r.Forms[i]))
			w.String(t.Parts[i].Name+"Label", label)
		}
		w.String("outcome", r.Outcome.String())
		w.Bool("minimal", r.Minimal)
		w.String("reason", r.Reason)
		w.String("scenario", r.Scenario)
	})
}
