// The numbers that a walk gives to the slots of a type in, their names in CPython out (Include/cpython/object.h); native/heap-out.c has the same order.

const own =
  "tp_dealloc tp_repr tp_hash tp_call tp_str tp_getattro tp_setattro tp_traverse tp_clear tp_richcompare tp_iter tp_iternext tp_descr_get tp_descr_set tp_init tp_alloc tp_new tp_free";
const asynchronous = "am_await am_aiter am_anext am_send";
const number =
  "nb_add nb_subtract nb_multiply nb_remainder nb_divmod nb_power nb_negative nb_positive nb_absolute nb_bool nb_invert nb_lshift nb_rshift nb_and nb_xor nb_or nb_int nb_reserved nb_float nb_inplace_add nb_inplace_subtract nb_inplace_multiply nb_inplace_remainder nb_inplace_power nb_inplace_lshift nb_inplace_rshift nb_inplace_and nb_inplace_xor nb_inplace_or nb_floor_divide nb_true_divide nb_inplace_floor_divide nb_inplace_true_divide nb_index nb_matrix_multiply nb_inplace_matrix_multiply";
const sequence =
  "sq_length sq_concat sq_repeat sq_item was_sq_slice sq_ass_item was_sq_ass_slice sq_contains sq_inplace_concat sq_inplace_repeat";
const mapping = "mp_length mp_subscript mp_ass_subscript";
const buffer = "bf_getbuffer bf_releasebuffer";

export const heapSlots: readonly string[] = [own, asynchronous, number, sequence, mapping, buffer].flatMap((names) =>
  names.split(" "),
);
