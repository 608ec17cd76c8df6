// One argument of an operator, read as its plan says.

#include <cmath>
#include <optional>

#include "convert.h"
#include "describe.h"
#include "guard.h"

namespace athanor {

namespace {

bool isNullish(napi_env env, napi_value value) {
  const napi_valuetype type = typeOf(env, value);
  return type == napi_undefined || type == napi_null;
}

// Reads one argument of an operator; holds what every error message needs.
class Reader {
 public:
  Reader(napi_env env, const Environment& environment, const Plan& plan,
         const ArgumentPlan& argument)
      : env_(env), environment_(environment), plan_(plan), argument_(argument) {}

  c10::IValue read(napi_value value) const {
    switch (argument_.kind) {
      case ArgumentKind::kTensor: return tensor(value);
      case ArgumentKind::kTensorList: return tensorList(value);
      case ArgumentKind::kOptionalTensorList: return optionalTensorList(value);
      case ArgumentKind::kScalar: return scalar(value);
      case ArgumentKind::kInt: return integer(value);
      case ArgumentKind::kIntList: return intList(value);
      case ArgumentKind::kFloat: return number(value);
      case ArgumentKind::kFloatList: return floatList(value);
      case ArgumentKind::kBool: return boolean(value);
      case ArgumentKind::kBoolList: return boolList(value);
      case ArgumentKind::kString: return string(value);
      case ArgumentKind::kDtype: return static_cast<int64_t>(readDtype(env_, value, what()));
      case ArgumentKind::kDevice: return c10::Device(string(value));
      case ArgumentKind::kMemoryFormat: return memoryFormat(value);
      default: refuse(what(), "be left out", got(value));
    }
  }

 private:
  at::Tensor tensor(napi_value value) const {
    double handle;
    if (napi_get_value_double(env_, value, &handle) != napi_ok) mustBe("a tensor", value);
    const at::Tensor* found = environment_.tensors.find(handle);
    if (found == nullptr) mustBe("a live tensor", value);
    return *found;
  }

  template <typename Visit>
  void forEach(napi_value value, const char* expected, Visit visit) const {
    bool isArray = false;
    check(env_, napi_is_array(env_, value, &isArray));
    if (!isArray) mustBe(expected, value);
    uint32_t length;
    check(env_, napi_get_array_length(env_, value, &length));
    if (length > kMaxListLength) mustBe("an array of less than 2^22 elements", value);
    for (uint32_t i = 0; i < length; ++i) {
      napi_value element;
      check(env_, napi_get_element(env_, value, i, &element));
      visit(element);
    }
  }

  c10::IValue tensorList(napi_value value) const {
    c10::List<at::Tensor> list;
    forEach(value, "an array of tensors", [&](napi_value e) { list.push_back(tensor(e)); });
    return list;
  }

  c10::IValue optionalTensorList(napi_value value) const {
    c10::List<std::optional<at::Tensor>> list;
    forEach(value, "an array of tensors and nulls", [&](napi_value element) {
      list.push_back(isNullish(env_, element) ? std::nullopt
                                              : std::optional<at::Tensor>(tensor(element)));
    });
    return list;
  }

  // A whole number is an integer scalar and a fraction a float one, as when Python code says 2 or
  // 2.5. Minus zero stays a float, or its sign would be lost.
  c10::IValue scalar(napi_value value) const {
    double number;
    if (napi_get_value_double(env_, value, &number) == napi_ok) {
      const bool whole = std::abs(number) <= kMaxSafeInteger && std::trunc(number) == number &&
          !(number == 0 && std::signbit(number));
      return whole ? c10::IValue(static_cast<int64_t>(number)) : c10::IValue(number);
    }
    bool flag;
    if (napi_get_value_bool(env_, value, &flag) == napi_ok) return flag;
    if (typeOf(env_, value) == napi_bigint) return integer(value);
    mustBe("a number, a bigint or a boolean", value);
  }

  int64_t integer(napi_value value) const {
    const int64_t result = readInt(env_, value, what());
    // LibTorch indexes tables with this one without looking.
    if (argument_.name == "reduction" && (result < 0 || result > 2)) {
      mustBe("0 (none), 1 (mean) or 2 (sum)", value);
    }
    return result;
  }

  // `int[2]` takes one number for all, as in Python.
  c10::IValue intList(napi_value value) const {
    if (argument_.listLength > 0 && typeOf(env_, value) == napi_number) {
      return c10::IValue(std::vector<int64_t>(argument_.listLength, integer(value)));
    }
    std::vector<int64_t> list;
    forEach(value, "an array of integers", [&](napi_value e) { list.push_back(integer(e)); });
    return c10::IValue(std::move(list));
  }

  double number(napi_value value) const {
    double result;
    if (napi_get_value_double(env_, value, &result) != napi_ok) mustBe("a number", value);
    return result;
  }

  c10::IValue floatList(napi_value value) const {
    std::vector<double> list;
    forEach(value, "an array of numbers", [&](napi_value e) { list.push_back(number(e)); });
    return c10::IValue(std::move(list));
  }

  bool boolean(napi_value value) const {
    bool result;
    if (napi_get_value_bool(env_, value, &result) != napi_ok) mustBe("a boolean", value);
    return result;
  }

  c10::IValue boolList(napi_value value) const {
    c10::List<bool> list;
    forEach(value, "an array of booleans", [&](napi_value e) { list.push_back(boolean(e)); });
    return list;
  }

  std::string string(napi_value value) const {
    if (typeOf(env_, value) != napi_string) mustBe("a string", value);
    return Napi::String(env_, value).Utf8Value();
  }

  c10::IValue memoryFormat(napi_value value) const {
    const int64_t format = readInt(env_, value, what());
    if (format < 0 || format > 3) mustBe("a memory format (0 to 3)", value);
    return format;
  }

  std::string what() const { return plan_.name + "." + argument_.name; }
  std::string got(napi_value value) const {
    return describeValue(env_, environment_, argument_.kind, value);
  }
  [[noreturn]] void mustBe(const char* expected, napi_value value) const {
    refuse(what(), std::string("be ") + expected, got(value));
  }

  napi_env env_;
  const Environment& environment_;
  const Plan& plan_;
  const ArgumentPlan& argument_;
};

}  // namespace

c10::IValue readArgument(napi_env env, Environment& environment, const Plan& plan,
                         const ArgumentPlan& argument, napi_value value) {
  const Reader reader(env, environment, plan, argument);
  if (argument.kind == ArgumentKind::kTensor && !argument.optional) return reader.read(value);
  const napi_valuetype type = typeOf(env, value);
  if (type == napi_undefined && !argument.required) return argument.defaultValue;
  if ((type == napi_null || type == napi_undefined) && argument.optional) return c10::IValue();
  return reader.read(value);
}

}  // namespace athanor
