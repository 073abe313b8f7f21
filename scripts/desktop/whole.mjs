// Asked by electron-builder before it packs. Out: what is staged is whole. Without this answer it would add the checkout's own packages,
// which are bundled already. Next: ../../electron-builder.yml.
export const beforeBuild = () => false;
