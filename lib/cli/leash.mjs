// Loaded before the server and the worker: when the supervisor dies without a word (kill -9), its channel closes
// and the child ends too, or two servers would share the port and the jobs after the next start.
const PATIENCE = 8_000

process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM')
  setTimeout(() => process.exit(1), PATIENCE).unref()
})
