// Package playground is Discord's stand-in on one address: REST API, gateway,
// a small world, and a control API to play its users.
package playground
