// Before the module starts: `dispose` is how JavaScript calls Embind's `delete`.
Module['postRun'] = [].concat(Module['postRun'] ?? [], () => {
  for (const name of ['Pipeline', 'Forest', 'NetworkTraining']) {
    const prototype = Module[name].prototype;
    prototype['dispose'] = prototype['delete'];
  }
});
