/**
 * SHA-256 of the wheels of the wanted version, as published. A wheel that is listed here must have
 * this digest whatever a package index says; one that is not listed must have the index's digest.
 * @type {ReadonlyMap<string, string>}
 */
export const pinnedSha256 = new Map([
  [
    'torch-2.13.0+cpu-cp311-cp311-manylinux_2_28_x86_64.whl',
    '6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b',
  ],
  [
    'torch-2.13.0-cp312-cp312-manylinux_2_28_x86_64.whl',
    '796633c4cdf0fe2cdced72d8f88f22e73dbcfce83132763162f6d4bff13b820b',
  ],
  [
    'torch-2.13.0-cp311-cp311-manylinux_2_28_aarch64.whl',
    '092790c696a760c729fd5722835f50b9d81fd7c8f141571f3f3cf4081a8f664c',
  ],
  [
    'torch-2.13.0-cp312-cp312-manylinux_2_28_aarch64.whl',
    '572df8be8ffb4599c88cbd6a0726f1f854f4da65d2e3c09f0e2c2283333cd6d4',
  ],
  [
    'torch-2.13.0-cp313-cp313-manylinux_2_28_aarch64.whl',
    '1e09d6a722504957c694faceca843acde562786df1144ebcc5a74075ec7f6005',
  ],
  [
    'torch-2.13.0-cp311-cp311-macosx_14_0_arm64.whl',
    'e76f9bcecc52b8ff711239a2f7547d5353df95878ab232f0773c1d95928b92f8',
  ],
  [
    'torch-2.13.0-cp312-cp312-macosx_14_0_arm64.whl',
    '2fe228aba290d14b9f31b049be550dbd469c3fd3013d7a19705b30454da97027',
  ],
  [
    'torch-2.13.0-cp313-cp313-macosx_14_0_arm64.whl',
    '33449899ce5496c1b84b4853179d94fd102028ae1407314d9fb956bb79e70d09',
  ],
]);
