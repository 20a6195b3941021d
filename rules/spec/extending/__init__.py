"""A spec put together with the one it extends. Imports compiling, the source and the model; knows no lint."""
