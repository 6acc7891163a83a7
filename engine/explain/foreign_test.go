package explain_test

import "testing"

// A key of another service is told of, unless requests carry it all the same.
func TestForeignKeys(t *testing.T) {
	for _, c := range []struct {
		action, resource, key string
		want                  int
	}{
		{"s3:GetObject", "arn:aws:s3:::data/x", "kms:ViaService", 1},
		{"s3:GetObject", "arn:aws:s3:::data/x", "glue:RoleAssumedBy", 0},
		{"s3:GetObject", "arn:aws:s3:::data/x", "EC2:roleDelivery", 0},
		{"s3:GetObject", "arn:aws:s3:::data/x", "iam:ResourceTag/team", 1},
		{"sts:AssumeRole", "arn:aws:iam::111122223333:role/app", "iam:ResourceTag/team", 0},
		{"sts:AssumeRole", "arn:aws:iam::111122223333:role/app", "s3:prefix", 1},
	} {
		a := answer(t, "-- request --\nprincipal: arn:aws:iam::111122223333:user/alice\naction: "+c.action+"\nresource: "+
			c.resource+"\nresource-account: 111122223333\n"+
			`-- identity/p.json --
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"`+c.key+`": "x"}}}]}
`)
		found := 0
		for _, p := range a.NotEvaluated {
			if p.Code == "foreign-key" {
				found++
			}
		}
		if found != c.want {
			t.Errorf("%s with %s: %d are told of, want %d", c.action, c.key, found, c.want)
		}
	}
}
