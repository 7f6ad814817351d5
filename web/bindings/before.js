// Before the module starts: `dispose` is how JavaScript calls Embind's `delete`.
Module['postRun'] = [].concat(Module['postRun'] ?? [], () => {
  const prototype = Module['Pipeline'].prototype;
  prototype['dispose'] = prototype['delete'];
});
