package engine

import (
	"strings"

	"why403/engine/policy"
)

// Grant is a KMS grant on the key, as aws kms list-grants prints it. A grant
// token only bridges the minutes until a grant is known everywhere; every grant
// here is.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
type Grant struct {
	Section         string      // that it stands in
	Span            policy.Span // in the text of the section
	ID              string
	KeyID           string // the key's ARN or ID; "" where not given
	Grantee         policy.Text
	GranteeService  policy.Text // GranteeServicePrincipal
	Retiring        policy.Text
	RetiringService policy.Text
	IssuingAccount  string // 12 digits; "" stands for the key's account
	Operations      []policy.Text
	OperationsSpan  policy.Span
	Equals          *EncryptionContext // EncryptionContextEquals; nil where absent
	Subset          *EncryptionContext // EncryptionContextSubset; nil where absent
	SourceArn       policy.Text
	ConstraintsSpan policy.Span
}

// EncryptionContext is the pairs of a grant constraint. Names and values are
// case-sensitive.
type EncryptionContext struct{ Names, Values []string }

// grantStep matches one grant with the request.
func (e *Decider) grantStep(index int, g *Grant) Step {
	step := Step{Policy: GrantStep, Statement: uint16(index), Effect: policy.Allow}
	step.Names = e.grantee(g)
	switch {
	case !g.on(e.check.Resource):
		step.Miss = MissKey
	case step.Names == 0:
		step.Miss = MissGrantee
	case !g.permits(e.check.action):
		step.Miss = MissOperation
	case !e.sourceArn(g):
		step.Miss = MissSourceArn
	case e.check.action == "kms:creategrant" && !e.child(g):
		step.Miss = MissChild
	case !e.constraint(g):
		step.Miss = MissConstraint
	}
	return step
}

// on reports whether the grant is on the key that the request is for.
func (g *Grant) on(key string) bool {
	return g.KeyID == "" || g.KeyID == key || strings.HasSuffix(key, ":key/"+g.KeyID)
}

// grantee tells how the grant names the caller. A grantee is matched as in a
// policy; older grants to services have the service as GranteePrincipal.
func (e *Decider) grantee(g *Grant) Kinds {
	return e.named(g.Grantee.Value) | e.named(g.GranteeService.Value)
}

func (e *Decider) named(value string) Kinds {
	caller := &e.check.Principal
	if value == "" || value == "*" {
		return 0
	}
	if caller.Kind == ServicePrincipal {
		return kindsIf(value == caller.ARN, Direct)
	}
	return caller.namesAWS(value, e.userID)
}

// permits reports whether the grant has the operation of an action (in lower
// case). A grant has no wildcards.
func (g *Grant) permits(action string) bool {
	operation, ok := strings.CutPrefix(action, "kms:")
	if !ok || !GrantOperations[operation] {
		return false
	}
	return g.lists(operation)
}

func (g *Grant) lists(operation string) bool {
	for i := range g.Operations {
		if strings.EqualFold(g.Operations[i].Value, operation) {
			return true
		}
	}
	return false
}

// GrantOperationNames are the operations that a grant can permit, with spaces
// between.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-grant-operations
const GrantOperationNames = "Decrypt DeriveSharedSecret Encrypt GenerateDataKey GenerateDataKeyPair " +
	"GenerateDataKeyPairWithoutPlaintext GenerateDataKeyWithoutPlaintext GenerateMac ReEncryptFrom " +
	"ReEncryptTo Sign Verify VerifyMac CreateGrant DescribeKey GetPublicKey RetireGrant " +
	"Encapsulate Decapsulate"

// GrantOperations are the same, in lower case.
var GrantOperations = set(strings.ToLower(GrantOperationNames))

// contextFree are the operations for which KMS leaves out the encryption
// context constraint, in lower case.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html#grant-constraints
var contextFree = set(`kms:describekey kms:retiregrant kms:getpublickey`)

// sourceArn tests the SourceArn constraint. It binds services only.
func (e *Decider) sourceArn(g *Grant) bool {
	if g.SourceArn.Value == "" || e.check.Principal.Kind != ServicePrincipal {
		return true
	}
	values, _ := e.check.Context.Get("aws:SourceArn")
	return len(values) == 1 && values[0] == g.SourceArn.Value
}

// constraint tests the encryption context. No encryption context is an empty
// one.
func (e *Decider) constraint(g *Grant) bool {
	if contextFree[e.check.action] {
		return true
	}
	if g.Equals != nil && (!e.hasPairs(g.Equals) || e.pairs != len(g.Equals.Names)) {
		return false
	}
	return g.Subset == nil || e.hasPairs(g.Subset)
}

// child reports whether the grant that is asked for permits no more than this
// one: operations among these, and the same kind of constraint where this one
// wants an exact context. The pairs of the new constraint stand in the request
// as its encryption context. What the request does not say is not held against
// it.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html#grant-creategrant
func (e *Decider) child(g *Grant) bool {
	operations, _ := e.check.Context.Get("kms:GrantOperations")
	for _, o := range operations {
		if !g.lists(o) {
			return false
		}
	}
	constraint, given := e.check.Context.Get("kms:GrantConstraintType")
	return !given || g.Equals == nil || len(constraint) == 1 && constraint[0] == "EncryptionContextEquals"
}

func (e *Decider) hasPairs(want *EncryptionContext) bool {
	for i, name := range want.Names {
		if !e.hasPair(name, want.Values[i]) {
			return false
		}
	}
	return true
}

func (e *Decider) hasPair(name, value string) bool {
	found := false
	e.check.Context.Each(func(key string, values []string) {
		if n, ok := encryptionContextName(key); ok && n == name && len(values) == 1 && values[0] == value {
			found = true
		}
	})
	return found
}

func (e *Decider) countPairs() int {
	n := 0
	e.check.Context.Each(func(key string, _ []string) {
		if _, ok := encryptionContextName(key); ok {
			n++
		}
	})
	return n
}

// issuer is the account under which the grant was made.
func (e *Decider) issuer(g *Grant) string {
	if g.IssuingAccount == "" {
		return e.check.ResourceAccount
	}
	return g.IssuingAccount
}
