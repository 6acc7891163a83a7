package witness

// LimitIDs is the rows of what the simulator can't judge.
func LimitIDs() (ids []string) {
	for i := range limits {
		ids = append(ids, limits[i].ID)
	}
	return ids
}
