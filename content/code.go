package content

import "hash/fnv"

// CodeLen is how many signs a code has. No lift's id is that short.
const CodeLen = 3

// codeSigns are the signs of a code.
const codeSigns = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// Code returns three signs for a lift's id. They depend on the id alone, and no
// two lifts of the library share them.
func Code(id string) string {
	h := fnv.New32a()
	h.Write([]byte(id)) // never fails
	n := h.Sum32()
	n ^= n >> 18 // all bits count
	var out [CodeLen]byte
	for i := range out {
		out[i] = codeSigns[n%uint32(len(codeSigns))]
		n /= uint32(len(codeSigns))
	}
	return string(out[:])
}
