"""Files of other word processors, turned into Word documents first. May import what readers may, and the Word reader."""
