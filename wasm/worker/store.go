package main

// Store keeps links. A link never changes: it is there as it was created, or
// it is not there.
type Store interface {
	// Get gives the link of an id, or nil where there is none.
	Get(id string) (*Link, error)
	// Create stores a link, unless there is one of that id. It reports whether
	// the link is this one. After an error there is the whole link or none.
	Create(id string, l *Link) (bool, error)
	// Delete removes a link; one that is gone already is no error.
	Delete(id string) error
}
