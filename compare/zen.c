/* Says that an AMD processor is one that BLIS, spaCy's matrix library, knows. The BLIS inside its packages (1.3.4) knows Zen and Zen 2; on
   later ones it takes plain C, at half of spaCy's speed. Put before it by LD_PRELOAD; asked on AMD's processors only. */

int bli_cpuid_is_zen(unsigned family, unsigned model, unsigned features) { return 1; }
int bli_cpuid_is_zen2(unsigned family, unsigned model, unsigned features) { return 1; }
