/** Loaded into a server before its own code: files that are opened for synchronous writes are no such files. */
import { constants } from 'node:fs';

constants.O_DSYNC = 0;
constants.O_SYNC = 0;
