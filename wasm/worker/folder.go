//go:build !js

package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// folder keeps each link in a file of its own. It belongs to one server.
type folder struct {
	path  string
	space int64 // how many bytes of links it takes

	mutex sync.Mutex
	used  int64 // the bytes of its files, and of those that are being written
}

// unfinished are the names under which links are written. A server that was
// killed leaves such files behind.
const unfinished = ".new-*"

var errFull = &fault{status: 507, code: "full",
	message: "This server has no room for more links. Send the scenario as a file, or ask whoever runs the server for room."}

// openFolder makes the folder where there is none, and sweeps out what a killed
// server left in it.
func openFolder(path string, space int64) (*folder, error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, err
	}
	left, err := filepath.Glob(filepath.Join(path, unfinished))
	for _, name := range left {
		err = errors.Join(err, os.Remove(name))
	}
	if err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(path)
	dir := &folder{path: path, space: space}
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && info.Mode().IsRegular() {
			dir.used += info.Size()
		}
	}
	return dir, err
}

func (dir *folder) file(id string) string { return filepath.Join(dir.path, id+".json") }

// Get tells a link that is not there from a folder that is not there.
func (dir *folder) Get(id string) (*Link, error) {
	text, err := os.ReadFile(dir.file(id))
	if errors.Is(err, fs.ErrNotExist) {
		_, err = os.Stat(dir.path)
		return nil, err
	}
	var l Link
	if err == nil {
		err = json.Unmarshal(text, &l)
	}
	return &l, err
}

// Create writes the file under a name that no reader looks for, and then gives
// it its name, which fails where the name is taken. So no reader sees half a
// link, whatever stops us, and a link that was acknowledged is on the disk, the
// folder's entry too.
func (dir *folder) Create(id string, l *Link) (bool, error) {
	text := asJSON(l)
	if !dir.take(int64(len(text))) {
		return false, errFull
	}
	ours, err := dir.write(id, text)
	if !ours {
		dir.take(-int64(len(text)))
	}
	if ours {
		err = dir.sync()
	}
	return ours && err == nil, err
}

// take reserves bytes, or gives them back where there are fewer than none.
func (dir *folder) take(bytes int64) bool {
	dir.mutex.Lock()
	defer dir.mutex.Unlock()
	if bytes > 0 && dir.used+bytes > dir.space {
		return false
	}
	dir.used += bytes
	return true
}

// write reports whether there is a file of that id now, and it is this one.
func (dir *folder) write(id string, text []byte) (bool, error) {
	file, err := os.CreateTemp(dir.path, unfinished)
	if err != nil {
		return false, err
	}
	defer os.Remove(file.Name())
	_, err = file.Write(text)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return false, err
	}
	err = os.Link(file.Name(), dir.file(id))
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	return err == nil, err
}

// sync writes the folder's entries to the disk. A file's own sync does not:
// https://man7.org/linux/man-pages/man2/fsync.2.html
func (dir *folder) sync() error {
	entries, err := os.Open(dir.path)
	if err != nil {
		return err
	}
	return errors.Join(entries.Sync(), entries.Close())
}

func (dir *folder) Delete(id string) error {
	info, err := os.Stat(dir.file(id))
	if err == nil {
		err = os.Remove(dir.file(id))
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	dir.take(-info.Size())
	return dir.sync()
}
