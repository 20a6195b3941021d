"""Tasks on the machines of a Dask cluster, behind the interface that the processes on this machine have."""
