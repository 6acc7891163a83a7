package engine

// What the tests of package engine_test see of the tables.

// PathTable is every path.
func PathTable() []Path { return paths[:] }
