package diagnose

import (
	"strings"

	"why403/engine/catalogue"
	"why403/engine/policy"
)

const neverCarried = catalogue.Never

// resourceHint says how near a value of Resource comes to the ARN that was
// asked for, up to 25 points, and what keeps them apart.
func resourceHint(value, asked string) (points int, text string) {
	service := part(asked, 2)
	bare := strings.TrimRight(value, "*")
	under := strings.TrimSuffix(bare, "/")
	switch {
	case part(value, 2) != service || asked == "*":
		return 0, ""
	case strings.HasPrefix(asked, under+"/") || strings.HasPrefix(asked, under+":"):
		return 25, "It names " + value + ", and not what lies under it. " + asked + " needs " + under + "/*."
	case strings.HasPrefix(value, asked+"/"):
		return 25, "It names what lies under " + asked + ", and the action is asked on " + asked + " itself."
	case alike(value, asked, 3):
		return 22, "It names the Region " + part(value, 3) + "; the request was in " + part(asked, 3) + "."
	case alike(value, asked, 4) && service == "secretsmanager":
		return 24, "It names the secret of account " + part(value, 4) + ". Asked for by its name, Secrets Manager looks in the caller's own account: " +
			"ask with the secret's full ARN."
	case alike(value, asked, 4):
		return 22, "It names the account " + part(value, 4) + "; the resource is in " + part(asked, 4) + "."
	case part(value, 3) != part(asked, 3) && service == "kms" && part(value, 3) != "*":
		return 21, "It names a key in " + part(value, 3) + "; the request was in " + part(asked, 3) + ". Each Region has keys of its own."
	case service == "s3" && strings.Contains(asked, "accesspoint/") != strings.Contains(value, "accesspoint/"):
		return 20, "Through an access point, the resource is the access point's ARN and not the bucket's."
	case kindOf(value) != kindOf(asked):
		return 14, "It names no " + kindOf(asked) + ", and the action is asked on one too."
	}
	return 10 * common(value, asked) / max(len(asked), 1), ""
}

// alike reports whether two ARNs differ in one part alone.
func alike(a, b string, n int) bool {
	for i := 1; i < 6; i++ {
		if (part(a, i) == part(b, i)) == (i == n) {
			if i == 5 && (policy.Glob(part(a, 5), part(b, 5)) || part(a, 2) == "secretsmanager" && strings.HasPrefix(part(a, 5), part(b, 5))) {
				continue
			}
			return false
		}
	}
	return part(a, n) != "*" && part(a, n) != ""
}

// kindOf is the kind of thing that an ARN names: key, alias, instance.
func kindOf(arn string) string {
	rest := part(arn, 5)
	if i := strings.IndexAny(rest, "/:"); i > 0 {
		return rest[:i]
	}
	return ""
}

// common is the length of what two texts begin with.
func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// actionHint says how near a value of Action comes to the action that was asked
// for, up to 60 points.
func (f *finder) actionHint(value, asked string) (points int, text string) {
	prefix, name, _ := strings.Cut(value, ":")
	askedPrefix, askedName, _ := strings.Cut(asked, ":")
	same := strings.EqualFold(prefix, askedPrefix)
	var s *catalogue.Service
	if f.file.Catalogue != nil {
		s = f.file.Catalogue.Service(strings.ToLower(prefix))
	}
	wild := strings.ContainsAny(name, "*?")
	switch unknown := s != nil && !wild && s.Action(name) == nil; {
	case strings.EqualFold(name, askedName) && !same:
		text = "It allows " + value + "; AWS asks for " + asked + "."
		if unknown {
			text = value + " is no action of AWS's. What AWS asks for is " + asked + "."
		}
		return 60, text
	case unknown && s.Operation(name) != nil && same:
		return 60, value + " is an API operation, and no action. What AWS checks for it is " + strings.Join(s.Operation(name).Always, ", ") + "."
	case !same:
		return 0, ""
	case unknown:
		return 40, value + " is no action of AWS's."
	}
	distance := catalogue.Distance(strings.ToLower(strings.TrimRight(name, "*")), strings.ToLower(askedName), 40)
	return 12 + 20*max(0, len(askedName)-distance)/max(len(askedName), 1), ""
}

// principalHint says how near the principals of a statement come to the caller,
// up to 45 points.
func (f *finder) principalHint(s *policy.Statement) (best int, text string) {
	caller := &f.check.Principal
	for i := range s.Principal.Values {
		v := s.Principal.Values[i].Value
		points, words := 0, ""
		role := part(v, 5)
		switch {
		case strings.HasSuffix(caller.ARN, ".amazonaws.com") && strings.HasSuffix(v, ".amazonaws.com"):
			points, words = 25, "It names "+v+"; who asked is "+caller.ARN+"."
		case caller.ServiceLinked() && strings.Contains(caller.Role, "/"+v+"/"):
			points, words = 45, "It names the service "+v+", and the service acts as its service-linked role, "+caller.Role+"."
		case policy.UniqueID(v):
			points, words = 45, v+" is a unique ID: the user or role that the policy named was deleted. A new one of the same name is "+
				"another principal."
		case strings.HasPrefix(role, "role/") && lastName(v) == lastName(caller.Role) && v != caller.Role:
			points, words = 40, "It names "+v+"; the caller is "+caller.Role+"."
		case strings.Contains(v, "-provider/") && strings.Contains(caller.FederatedBy, "-provider/"):
			points, words = 45, "It names the provider "+v+"; the token is of "+caller.FederatedBy+"."
		case strings.HasSuffix(v, ":root") || policy.IsAccount(v):
			points, words = 15, "It names the account "+v+"."
			if strings.HasSuffix(caller.ARN, ".amazonaws.com") {
				points, words = 15, "It names the account "+v+", and that is no service: "+caller.ARN+" asks as itself."
			}
		case strings.HasPrefix(role, "role/") || strings.HasPrefix(role, "user/"):
			points = 12
		}
		if points > best {
			best, text = points, words
		}
	}
	return best, text
}

func lastName(arn string) string { return arn[strings.LastIndexByte(arn, '/')+1:] }
