// Loaded into a process before the program itself: at its end, the most memory that it ever held goes to a file, in kB.
import { writeFileSync } from 'node:fs';

const file = process.env['FAULTS_MEMORY_FILE'];
process.on('exit', () => {
  if (file !== undefined) writeFileSync(file, String(process.resourceUsage().maxRSS));
});
