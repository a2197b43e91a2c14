/** The bare page in a process of its own, which tells its processor time on a message. */
import { startBarePage } from './bare-page';

await startBarePage(Number(process.argv[2]));
process.on('message', () => process.send?.(process.cpuUsage()));
process.send?.('listening');
