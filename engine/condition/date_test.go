package condition

import (
	"testing"
	"time"
)

// The calendar agrees with package time on every day of 800 years, and on the
// first and last it can write.
func TestCalendar(t *testing.T) {
	days := []time.Time{time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)}
	for day := time.Date(1600, 1, 1, 12, 34, 56, 0, time.UTC); day.Year() < 2400; day = day.AddDate(0, 0, 1) {
		days = append(days, day)
	}
	for _, day := range days {
		text := day.Format(time.RFC3339)
		if got, ok := readDate(text); !ok || got.seconds != day.Unix() {
			t.Fatalf("%s is %d (read: %v), want %d", text, got.seconds, ok, day.Unix())
		}
	}
}
