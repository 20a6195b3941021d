"""The page of an agency: its years side by side. Stands beside the pages of its reports and leads to them."""
