// The suite of the extension host again, in the newest VS Code to be had.
process.env.DAX_METRICS_EDITOR = 'newest';
await import('./api.mjs');
