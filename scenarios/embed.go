// Package scenarios holds the scenario files of the gallery.
package scenarios

import "embed"

// Files is every scenario file, as CATEGORY/NAME.txtar.
//
//go:embed */*.txtar
var Files embed.FS
