//! Code coloured by classes.
