/* Preloaded into a server, it makes every sync a lie: the control that shows what a power cut takes. */
int fsync(int file) { return (void)file, 0; }
int fdatasync(int file) { return (void)file, 0; }
