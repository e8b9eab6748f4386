/** Loaded before a program: prints the peak memory and the processor time of its process when it ends. */
process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process.stderr.write(`peak ${maxRSS} KiB, processor ${Math.round((userCPUTime + systemCPUTime) / 1000)} ms\n`);
});
