"""A check process that takes two seconds until it is ready."""

import time

from enquiries.checking import child
from tests.enquiries.checking import unruly

if __name__ == "__main__":
    time.sleep(2)
    child.look = unruly.look
    child.main()
