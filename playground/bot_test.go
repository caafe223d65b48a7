package playground

// it is to be broken
