// Loaded into a measured server: tells the processor time it has used, so that what else the machine does does not count.
process.on('message', () => process.send?.(process.cpuUsage()));
process.channel?.unref();
