// Loaded into a process before the program itself: at its end, the most memory that it ever held goes to a file, in kB.
// Plain JavaScript: to take types away costs each of some hundred processes a twentieth of a second and more.
import { readFileSync, writeFileSync } from 'node:fs';

/** Linux counts what the parent held before it became this program too, but not in VmHWM. */
function mostMemory() {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
  } catch {
    return process.resourceUsage().maxRSS;
  }
}

const file = process.env['FAULTS_MEMORY_FILE'];
process.on('exit', () => {
  if (file !== undefined) writeFileSync(file, String(mostMemory()));
});
