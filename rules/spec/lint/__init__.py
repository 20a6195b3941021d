"""Whether the parts of a spec fit together and its examples hold. Imports compiling, the source and the model."""
