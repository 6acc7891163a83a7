package catalogue

import "sort"

// Action finds an action by its name without the prefix, in any case; nil if
// the service has none of that name.
func (s *Service) Action(name string) *Action {
	i, found := sort.Find(len(s.Actions), func(i int) int { return compareFold(name, s.Actions[i].Name) })
	if !found {
		return nil
	}
	return &s.Actions[i]
}

// Operation finds an API operation by its name without the prefix, in any case.
// It knows those alone whose permission has another name, that need several, or
// that need none; nil is every other.
func (s *Service) Operation(name string) *Operation {
	i, found := sort.Find(len(s.Operations), func(i int) int { return compareFold(name, s.Operations[i].Name) })
	if !found {
		return nil
	}
	return &s.Operations[i]
}

// Nearest is the action whose name is most like a misspelt one, without the
// prefix, in any case; nil where none is near enough to be meant. Of several it
// is the first.
func (s *Service) Nearest(name string) *Action {
	best, least := -1, near(name)+1
	for i := range s.Actions {
		if d := Distance(name, s.Actions[i].Name, least-1); d < least {
			best, least = i, d
		}
	}
	if best < 0 {
		return nil
	}
	return &s.Actions[best]
}

// near is the distance up to which a name is a misspelling: one letter in five.
func near(name string) int { return min(1+len(name)/5, 4) }

// NearestOf is the index of the name most like a misspelt one, or -1.
func NearestOf(name string, names []string) int {
	best, least := -1, near(name)+1
	for i := range names {
		if d := Distance(name, names[i], least-1); d < least {
			best, least = i, d
		}
	}
	return best
}

// Distance is the number of letters to insert, delete, replace or swap with
// their neighbour to make one name of another, whatever their case. Above the
// limit it is limit+1.
func Distance(a, b string, limit int) int {
	const longest = 64
	if len(a) > longest || len(b) > longest || len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	var rows [3][longest + 1]int
	for j := range len(b) + 1 {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		now, before, earlier := &rows[i%3], &rows[(i+2)%3], &rows[(i+1)%3]
		now[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if lower(a[i-1]) == lower(b[j-1]) {
				cost = 0
			}
			now[j] = min(before[j]+1, now[j-1]+1, before[j-1]+cost)
			if i > 1 && j > 1 && lower(a[i-1]) == lower(b[j-2]) && lower(a[i-2]) == lower(b[j-1]) {
				now[j] = min(now[j], earlier[j-2]+1)
			}
			least = min(least, now[j])
		}
		if least > limit {
			return limit + 1
		}
	}
	return min(rows[len(a)%3][len(b)], limit+1)
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c | 0x20
	}
	return c
}

// compareFold is below, at or above 0 as a comes before, with or after b,
// whatever the case of ASCII letters. It allocates nothing.
func compareFold(a, b string) int {
	for i := range min(len(a), len(b)) {
		if x, y := lower(a[i]), lower(b[i]); x != y {
			return int(x) - int(y)
		}
	}
	return len(a) - len(b)
}

func equalFold(a, b string) bool { return len(a) == len(b) && compareFold(a, b) == 0 }
