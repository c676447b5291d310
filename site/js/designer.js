// Starts the designer. The program itself is WebAssembly; this says so on the page when it cannot run.


const loading = document.getElementById('loading');
if (loading) loading.hidden = false;
try {
  // Not a static import: a missing file is to be told as well.
  const { default: init } = await import('../pkg/app/app.js');
  await init();
} catch (error) {
  const problem = document.getElementById('problem');
  const strong = document.createElement('strong');
  strong.textContent = 'The designer cannot start. ';
  const message = error instanceof Error ? error.message : String(error);
  problem.replaceChildren(
    strong,
    'It is a WebAssembly program, and this browser or its content security policy does not run it here, or its files are incomplete. ' +
      'Allow WebAssembly for this site and reload the page; the guides can be read without it. ' +
      `(${message})`,
  );
  problem.hidden = false;
  if (loading) loading.hidden = true;
}
