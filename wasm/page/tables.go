package main

import "why403/engine/kms"

// combinations decides the KMS access combinations.
func combinations(w *writer, _ string) {
	rows := kms.Rows()
	w.object(func() {
		w.list("rows", len(rows), func(i int) { row(w, &rows[i]) })
	})
}

func row(w *writer, r *kms.Row) {
	w.object(func() {
		w.string("id", r.ID())
		w.string("mode", string(r.Mode))
		w.string("keyPolicy", string(r.KeyPolicy))
		w.string("iam", string(r.IAM))
		w.string("grant", string(r.Grant))
		w.string("keyPolicyLabel", kms.KeyPolicyLabel(r.KeyPolicy))
		w.string("iamLabel", kms.IAMLabel(r.IAM))
		w.string("grantLabel", kms.GrantLabel(r.Grant))
		w.string("outcome", r.Outcome.String())
		w.bool("minimal", r.Minimal)
		w.string("reason", r.Reason)
		w.string("scenario", r.Scenario)
	})
}
