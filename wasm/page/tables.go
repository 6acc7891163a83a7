package main

import (
	"why403/engine/kms"
	"why403/wasm/bridge"
)

// combinations decides the KMS access combinations.
func combinations(w *bridge.Writer, _ string) {
	rows := kms.Rows()
	w.Object(func() {
		w.List("rows", len(rows), func(i int) { row(w, &rows[i]) })
	})
}

func row(w *bridge.Writer, r *kms.Row) {
	w.Object(func() {
		w.String("id", r.ID())
		w.String("mode", string(r.Mode))
		w.String("keyPolicy", string(r.KeyPolicy))
		w.String("iam", string(r.IAM))
		w.String("grant", string(r.Grant))
		w.String("keyPolicyLabel", kms.KeyPolicyLabel(r.KeyPolicy))
		w.String("iamLabel", kms.IAMLabel(r.IAM))
		w.String("grantLabel", kms.GrantLabel(r.Grant))
		w.String("outcome", r.Outcome.String())
		w.Bool("minimal", r.Minimal)
		w.String("reason", r.Reason)
		w.String("scenario", r.Scenario)
	})
}
