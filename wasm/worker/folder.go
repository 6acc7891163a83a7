//go:build !js

package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// folder keeps each link in a file of its own.
type folder string

func openFolder(path string) (folder, error) {
	return folder(path), os.MkdirAll(path, 0o700)
}

func (dir folder) path(id string) string { return filepath.Join(string(dir), id+".json") }

func (dir folder) Get(id string) (*Link, error) {
	text, err := os.ReadFile(dir.path(id))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var l Link
	if err == nil {
		err = json.Unmarshal(text, &l)
	}
	return &l, err
}

// Create writes the file under a name that no reader looks for, and then gives
// it its name, which fails where the name is taken. So no reader sees half a
// link, whatever stops us.
func (dir folder) Create(id string, l *Link) (bool, error) {
	file, err := os.CreateTemp(string(dir), ".new-*")
	if err != nil {
		return false, err
	}
	defer os.Remove(file.Name())
	_, err = file.Write(asJSON(l))
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return false, err
	}
	err = os.Link(file.Name(), dir.path(id))
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	return err == nil, err
}

func (dir folder) Delete(id string) error {
	err := os.Remove(dir.path(id))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
