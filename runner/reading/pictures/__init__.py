"""Reading files once more with what is seen in their pictures: when, by whom, and which reading counts."""
