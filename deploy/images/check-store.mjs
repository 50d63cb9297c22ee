// Whether both stores' drivers load here, the native one among them. Throws where one does not.
import Database from 'better-sqlite3';
import pg from 'pg';

const database = new Database(':memory:');
const { answer } = database.prepare('SELECT 42 AS answer').get();
database.close();
if (answer !== 42 || typeof pg.Pool !== 'function') throw new Error('The drivers of the stores do not work here.');
