//go:build !race

package delivery_test

// underRace tells tests with millions of steps to take fewer.
const underRace = false
