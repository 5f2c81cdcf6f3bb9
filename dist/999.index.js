export const id = 999;
export const ids = [999];
export const modules = {

/***/ 3999:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openQuotas: () => (/* binding */ openQuotas)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_service_quotas__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2924);
/* harmony import */ var _client_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2173);


const SERVICE = 'sagemaker';
function openQuotas(config) {
    const client = (0,_client_js__WEBPACK_IMPORTED_MODULE_0__/* .askAgainWhenUnreadable */ .F)(new _aws_sdk_client_service_quotas__WEBPACK_IMPORTED_MODULE_1__/* .ServiceQuotasClient */ .iVb(config));
    return {
        value: async (code) => {
            const quota = { ServiceCode: SERVICE, QuotaCode: code };
            const applied = await orUndefined(client.send(new _aws_sdk_client_service_quotas__WEBPACK_IMPORTED_MODULE_1__/* .GetServiceQuotaCommand */ .HSc(quota)));
            // A quota that was never changed may have no applied value.
            const answer = applied ?? (await orUndefined(client.send(new _aws_sdk_client_service_quotas__WEBPACK_IMPORTED_MODULE_1__/* .GetAWSDefaultServiceQuotaCommand */ .Lb5(quota))));
            return answer?.Quota?.Value;
        },
    };
}
async function orUndefined(asking) {
    try {
        return await asking;
    }
    catch (error) {
        if (error instanceof _aws_sdk_client_service_quotas__WEBPACK_IMPORTED_MODULE_1__/* .NoSuchResourceException */ .K3v)
            return undefined;
        throw error;
    }
}


/***/ })

};
