/** The database in the data folder. */
export const DATABASE_FILE = 'turnpike.db';
