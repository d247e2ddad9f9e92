// Loaded into a measured server: tells the processor time it has used, so that what else the machine does does not count,
// or the memory that it holds.
process.on('message', (what) => process.send?.(what === 'memory' ? process.memoryUsage() : process.cpuUsage()));
process.channel?.unref();
