package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

var errNotRegular = errors.New("it is not a regular file")

// regular refuses what has no end, or waits: pipes and devices.
func regular(info fs.FileInfo, err error) error {
	if err == nil && !info.Mode().IsRegular() {
		return errNotRegular
	}
	return err
}

// readStart reads a file up to a size, and one byte more where there is more.
func readStart(file io.ReadCloser, most int64) (string, error) {
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, most+1))
	return string(text), err
}

// readBelow reads a regular file below a folder. Symbolic links that lead out of
// the folder are not followed.
func readBelow(root *os.Root, name string, most int64) (string, error) {
	name = filepath.FromSlash(name)
	if err := regular(root.Stat(name)); err != nil {
		return "", err
	}
	file, err := root.Open(name)
	if err != nil {
		return "", err
	}
	return readStart(file, most)
}

// replace writes a file anew. Whatever stops it, the file is as it was before
// or as it is after. A symbolic link still leads to it.
func replace(name, text string) error {
	name, err := filepath.EvalSymlinks(name)
	if err != nil {
		return err
	}
	info, err := os.Stat(name)
	if err := regular(info, err); err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(name), ".why403-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	_, err = io.WriteString(file, text)
	err = errors.Join(err, file.Chmod(info.Mode().Perm()), file.Sync(), file.Close())
	if err != nil {
		return err
	}
	return os.Rename(file.Name(), name)
}
